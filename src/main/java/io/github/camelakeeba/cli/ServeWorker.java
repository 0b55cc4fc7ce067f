package io.github.camelakeeba.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.run.RunView;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Backups by the {@code serve} that runs beside this command, asked for through its API. */
final class ServeWorker implements Worker {
  private final ServeClient serve;

  ServeWorker(Settings.Api api) {
    this.serve = new ServeClient(api);
  }

  @Override
  public List<Choice> sites() throws Exception {
    return serve.json().readValue(serve.get("/api/sites"), new TypeReference<>() {});
  }

  @Override
  public RunView accept(Map<String, Object> wish) throws Exception {
    return serve
        .json()
        .readValue(serve.post("/api/backups", serve.json().writeValueAsBytes(wish)), RunView.class);
  }

  @Override
  public RunView look(String run) throws Exception {
    String path = "/api/runs/" + URLEncoder.encode(run, StandardCharsets.UTF_8);
    try {
      return serve.json().readValue(serve.get(path), RunView.class);
    } catch (ServeClient.SilentServeException e) {
      throw new IOException(
          "the serve at %s does not answer any more; run %s goes on with the next serve"
              .formatted(serve.address(), run),
          e);
    }
  }

  @Override
  public void told(List<Event> outcomes) {
    // that is the serve's own concern
  }

  @Override
  public boolean served() {
    return true;
  }

  @Override
  public void close() {
    // an HTTP client of the JDK needs none
  }
}
