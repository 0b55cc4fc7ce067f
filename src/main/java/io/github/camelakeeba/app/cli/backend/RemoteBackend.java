package io.github.camelakeeba.app.cli.backend;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.keep.DownloadedArchives;
import io.github.camelakeeba.keep.DownloadedArchives.ArchiveView;
import io.github.camelakeeba.keep.DownloadedArchives.CountedView;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.proof.Proof;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.StoreErrors.StoreInUseException;
import io.github.camelakeeba.watch.RunStory;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusView;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The {@code serve} that runs beside this command, by its API. */
final class RemoteBackend implements Backend {
  private final ServeClient serve;

  RemoteBackend(ServeClient serve) {
    this.serve = serve;
  }

  /** Empty: no serve of this home takes commands. */
  static Optional<RemoteBackend> find(Home home) {
    return ServeClient.of(home).map(RemoteBackend::new);
  }

  /** The serve that has just started; throws the exception where another process has the store. */
  static RemoteBackend find(Home home, StoreInUseException inUse) {
    return find(home).orElseThrow(() -> inUse);
  }

  @Override
  public StatusView status() throws Exception {
    return serve.get("/api/status", new TypeReference<>() {});
  }

  @Override
  public Optional<RunStory> run(String id) throws Exception {
    String path = "/api/runs/" + encode(id);
    try {
      return Optional.of(
          new RunStory(
              serve.get(path, new TypeReference<>() {}),
              serve.get(path + "/timeline", new TypeReference<>() {})));
    } catch (RunRefusedException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<StoredArchive> archives(String site) throws Exception {
    String path = "/api/archives?site=%s&limit=%s".formatted(encode(site), MAX_ARCHIVES);
    try {
      List<ArchiveView> archives = serve.get(path, new TypeReference<>() {});
      return archives.stream().map(ArchiveView::stored).toList();
    } catch (RunRefusedException e) {
      return List.of(); // the serve does not know the site
    }
  }

  @Override
  public Optional<Census> counted(StoredArchive archive) throws Exception {
    String path = "/api/archives/" + DownloadedArchives.idOf(archive);
    CountedView counted = serve.get(path, new TypeReference<>() {});
    return counted.census();
  }

  @Override
  public SiteView pause(String site, String until, String reason) throws Exception {
    Map<String, Object> request = new HashMap<>();
    request.put("until", until);
    request.put("reason", reason);
    return serve.post("/api/sites/" + encode(site) + "/pause", request, SiteView.class);
  }

  @Override
  public SiteView resume(String site) throws Exception {
    return serve.post("/api/sites/" + encode(site) + "/resume", null, SiteView.class);
  }

  @Override
  public UndeliveredMessages messages(String channel, boolean parked, int limit) throws Exception {
    String query = "parked=" + parked + "&limit=" + limit + parameter(channel);
    return serve.get("/api/outbox?" + query, new TypeReference<>() {});
  }

  @Override
  public int retry(String channel, List<Long> ids) throws Exception {
    String joined = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    String path = "/api/outbox/retry?id=" + joined + parameter(channel);
    return serve.post(path, null, JsonNode.class).path("retried").asInt();
  }

  @Override
  public RunView stop(String run) throws Exception {
    return serve.post("/api/runs/" + run + "/stop", null, RunView.class);
  }

  @Override
  public List<BackupSite> sites() throws Exception {
    return serve.get("/api/sites", new TypeReference<>() {});
  }

  @Override
  public RunView accept(Map<String, Object> members) throws Exception {
    return serve.post("/api/backups", members, RunView.class);
  }

  @Override
  public RunView poll(String run) throws Exception {
    try {
      return serve.get("/api/runs/" + encode(run), new TypeReference<>() {});
    } catch (ServeClient.ServeUnreachableException | ServeClient.ServeBusyException e) {
      throw new IOException(
          "the serve at %s does not answer any more; run %s goes on with the next serve"
              .formatted(serve.address(), run),
          e);
    }
  }

  @Override
  public Proof prove(String site, String id) throws Exception {
    Map<String, Object> request = new HashMap<>();
    request.put("id", id);
    return serve.post("/api/sites/" + encode(site) + "/proofs", request, Proof.class);
  }

  @Override
  public Proof proof(Proof asked) throws Exception {
    List<Proof> newest =
        serve.get("/api/sites/" + encode(asked.site()) + "/proofs", new TypeReference<>() {});
    return newest.stream()
        .filter(proof -> proof.id().equals(asked.id()))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "the serve at %s knows nothing of the restore test %s any more"
                        .formatted(serve.address(), asked.id())));
  }

  @Override
  public void awaitDeliveryOf(Proof proof) {
    // that is the serve's own concern
  }

  @Override
  public void awaitDelivery(List<Event> outcomes) {
    // that is the serve's own concern
  }

  private static String parameter(String channel) {
    return channel == null ? "" : "&channel=" + encode(channel);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void close() {
    // an HTTP client of the JDK needs none
  }
}
