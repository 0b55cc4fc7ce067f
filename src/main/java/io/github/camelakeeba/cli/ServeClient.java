package io.github.camelakeeba.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelakeeba.notify.EventJson;
import io.github.camelakeeba.run.Problem;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Calls the API of the {@code serve} that runs beside this command. */
final class ServeClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 1_000;
  private static final int MOST_PAUSES = 30;

  private final Settings.Api api;
  private final JsonMapper json = new EventJson().mapper();
  private final HttpClient http;

  ServeClient(Settings.Api api) {
    this.api = api;
    HttpClient.Builder builder =
        HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(PATIENCE);
    http = (api.tls() == null ? builder : builder.sslContext(api.tls().calling())).build();
  }

  URI address() {
    return api.address();
  }

  /** Reads and writes what the API says. */
  JsonMapper json() {
    return json;
  }

  /** The body of the answer; throws what a refusal means to this program. */
  byte[] get(String path) throws Exception {
    return send(request(path).GET());
  }

  /** The same for a request with a body of JSON, which may be empty. */
  byte[] post(String path, byte[] body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
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
      for (int i = 0; i < MOST_PAUSES && answer.statusCode() == 429; i++) {
        Thread.sleep(PAUSE_MILLIS); // many commands at once; nothing was accepted
        answer = http.send(request.build(), BodyHandlers.ofByteArray());
      }
    } catch (IOException e) {
      throw new SilentServeException(api.address(), e);
    }
    if (answer.statusCode() >= 300) {
      throw refusal(answer.statusCode(), answer.body());
    }
    return answer.body();
  }

  private Exception refusal(int status, byte[] body) throws IOException {
    JsonNode problem = json.readTree(body);
    String detail = problem.path("detail").asText("HTTP status " + status);
    Problem.Kind kind = Problem.Kind.ofType(problem.path("type").asText());
    if (kind == Problem.Kind.UNAUTHORIZED) {
      return new ConfigurationException(
          List.of(
              "the serve at %s refuses backup.api.token; has config/application.properties changed since it started?"
                  .formatted(api.address())));
    }
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.problem() == kind && reason != Reason.INTERNAL)
        .findFirst()
        .<Exception>map(reason -> new RunRefusedException(reason, detail))
        .orElseGet(() -> new IOException("the serve at %s: %s".formatted(api.address(), detail)));
  }

  /** The store is in use, but no API answers. */
  static final class SilentServeException extends ConfigurationException {
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
