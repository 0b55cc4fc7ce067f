package io.github.camelakeeba.app.cli.backend;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.settings.Settings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Backups by the {@code serve} that runs beside this command, asked for through its API. */
final class RemoteBackupBackend implements BackupBackend {
  private final ServeClient serve;

  RemoteBackupBackend(Settings.Api api) {
    this.serve = new ServeClient(api);
  }

  @Override
  public List<BackupSite> sites() throws Exception {
    return serve.json().readValue(serve.get("/api/sites"), new TypeReference<>() {});
  }

  @Override
  public RunView accept(Map<String, Object> wish) throws Exception {
    return serve
        .json()
        .readValue(serve.post("/api/backups", serve.json().writeValueAsBytes(wish)), RunView.class);
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

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void close() {
    // an HTTP client of the JDK needs none
  }
}
