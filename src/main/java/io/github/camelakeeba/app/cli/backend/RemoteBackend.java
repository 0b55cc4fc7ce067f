package io.github.camelakeeba.app.cli.backend;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.watch.StatusView;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The {@code serve} that runs beside this command, asked through its API. */
final class RemoteBackend implements Backend {
  private final ServeClient serve;

  RemoteBackend(Settings.Api api) {
    this.serve = new ServeClient(api);
  }

  @Override
  public StatusView status() throws Exception {
    return serve.json().readValue(serve.get("/api/status"), StatusView.class);
  }

  @Override
  public UndeliveredMessages messages(String channel, boolean parked, int limit) throws Exception {
    String path = "/api/outbox?parked=" + parked + "&limit=" + limit + named(channel);
    return serve.json().readValue(serve.get(path), UndeliveredMessages.class);
  }

  @Override
  public int retry(String channel, List<Long> ids) throws Exception {
    String these = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    byte[] answer = serve.post("/api/outbox/retry?id=" + these + named(channel), new byte[0]);
    return serve.json().readTree(answer).path("retried").asInt();
  }

  @Override
  public RunView stop(String run) throws Exception {
    byte[] answer = serve.post("/api/runs/" + run + "/stop", new byte[0]);
    return serve.json().readValue(answer, RunView.class);
  }

  @Override
  public List<BackupSite> sites() throws Exception {
    return serve.json().readValue(serve.get("/api/sites"), new TypeReference<>() {});
  }

  @Override
  public RunView accept(Map<String, Object> members) throws Exception {
    byte[] body = serve.json().writeValueAsBytes(members);
    return serve.json().readValue(serve.post("/api/backups", body), RunView.class);
  }

  @Override
  public RunView poll(String run) throws Exception {
    String path = "/api/runs/" + URLEncoder.encode(run, StandardCharsets.UTF_8);
    try {
      return serve.json().readValue(serve.get(path), RunView.class);
    } catch (ServeClient.ServeUnreachableException e) {
      throw new IOException(
          "the serve at %s does not answer any more; run %s goes on with the next serve"
              .formatted(serve.address(), run),
          e);
    }
  }

  @Override
  public void awaitDelivery(List<Event> outcomes) {
    // that is the serve's own concern
  }

  private static String named(String channel) {
    return channel == null ? "" : "&channel=" + URLEncoder.encode(channel, StandardCharsets.UTF_8);
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
