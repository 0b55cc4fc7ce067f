package io.github.camelakeeba.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.notify.EventJson;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.site.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Backups by the {@code serve} that runs beside this command, asked for through its API. */
final class ServeWorker implements Worker {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Settings.Api api;
  private final JsonMapper json = new EventJson().mapper();
  private final HttpClient http =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(PATIENCE).build();

  ServeWorker(Settings.Api api) {
    this.api = api;
  }

  @Override
  public List<Choice> sites() throws Exception {
    return json.readValue(send(request("/api/sites").GET()), new TypeReference<>() {});
  }

  @Override
  public RunView accept(Map<String, Object> wish) throws Exception {
    var body = HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(wish));
    return json.readValue(
        send(request("/api/backups").header("Content-Type", "application/json").POST(body)),
        RunView.class);
  }

  @Override
  public RunView look(String run) throws Exception {
    String path = "/api/runs/" + URLEncoder.encode(run, StandardCharsets.UTF_8);
    try {
      return json.readValue(send(request(path).GET()), RunView.class);
    } catch (SilentServeException e) {
      throw new IOException(
          "the serve at %s does not answer any more; run %s goes on with the next serve"
              .formatted(api.address(), run),
          e);
    }
  }

  @Override
  public void told(List<Event> outcomes) {
    // that is the serve's own concern
  }

  @Override
  public void close() {
    // an HTTP client of the JDK needs none
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(api.address() + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + api.token().reveal());
  }

  private byte[] send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> answer;
    try {
      answer = http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new SilentServeException(api.address(), e);
    }
    if (answer.statusCode() >= 300) {
      throw refusal(answer.statusCode(), answer.body());
    }
    return answer.body();
  }

  private Exception refusal(int status, byte[] body) throws IOException {
    String detail = json.readTree(body).path("detail").asText("HTTP status " + status);
    return switch (status) {
      case 400 -> new RunRefusedException(Reason.BAD_REQUEST, detail);
      case 401 ->
          new ConfigurationException(
              List.of(
                  "the serve at %s refuses backup.api.token; has config/application.properties changed since it started?"
                      .formatted(api.address())));
      case 404 -> new RunRefusedException(Reason.UNKNOWN_SITE, detail);
      case 409 -> new RunRefusedException(Reason.BUSY, detail);
      default -> new IOException("the serve at %s: %s".formatted(api.address(), detail));
    };
  }

  /** The store is in use, but no API answers. */
  private static final class SilentServeException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    SilentServeException(URI address, IOException cause) {
      super(
          List.of(
              "data/backup.mv.db: the store is in use by another process, but no API answers at %s; stop that process, or see backup.api.host and backup.api.port"
                  .formatted(address)));
      initCause(cause);
    }
  }
}
