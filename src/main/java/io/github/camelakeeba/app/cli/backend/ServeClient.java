package io.github.camelakeeba.app.cli.backend;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.ServeFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Calls the API of the serve of this home, as its commands do. */
final class ServeClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long RETRY_PAUSE_MILLIS = 1_000;
  private static final int MAX_RETRIES = 30;

  /** A header holds ASCII only. */
  private static final String USER = System.getProperty("user.name").replaceAll("[^ -~]", "?");

  private final ServeFiles.Serve serve;
  private final JsonMapper json = new EventJson().mapper();
  private final HttpClient http;

  private ServeClient(ServeFiles.Serve serve) {
    this.serve = serve;
    http =
        HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(TIMEOUT).build();
  }

  /** For the serve of this home that runs; empty: none takes commands. */
  static Optional<ServeClient> of(Home home) {
    return ServeFiles.find(home).map(ServeClient::new);
  }

  URI address() {
    return serve.address();
  }

  /** What the API returns; throws the exception that a problem document stands for. */
  <T> T get(String path, TypeReference<T> type) throws Exception {
    return json.readValue(send(request(path).GET()), type);
  }

  /** The same for a request with a body; null: none. */
  <T> T post(String path, Object body, Class<T> type) throws Exception {
    byte[] bytes = body == null ? new byte[0] : json.writeValueAsBytes(body);
    return json.readValue(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))),
        type);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(serve.address() + path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + serve.token().reveal())
        .header(BackupResource.COMMAND_USER, USER);
  }

  private byte[] send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofByteArray());
      for (int i = 0; i < MAX_RETRIES && response.statusCode() == 429; i++) {
        Thread.sleep(RETRY_PAUSE_MILLIS); // many commands at once; nothing was accepted
        response = http.send(request.build(), BodyHandlers.ofByteArray());
      }
    } catch (IOException e) {
      throw new ServeUnreachableException(serve.address(), e);
    }
    if (response.statusCode() >= 300) {
      throw toException(response.statusCode(), response.body());
    }
    return response.body();
  }

  private Exception toException(int status, byte[] body) throws IOException {
    JsonNode problem = json.readTree(body);
    String detail = problem.path("detail").asText("HTTP status " + status);
    ProblemDetail.Kind kind = ProblemDetail.Kind.ofType(problem.path("type").asText());
    if (kind == ProblemDetail.Kind.UNAUTHORIZED) {
      return new ConfigurationException(
          "what listens at %s refuses the token in data/api.token; the serve of this home may have been started anew: give the command again"
              .formatted(serve.address()));
    }
    if (kind == ProblemDetail.Kind.REFUSED_CONFIGURATION) {
      List<String> problems = new ArrayList<>();
      problem.path("problems").forEach(one -> problems.add(one.asText()));
      return new ConfigurationException(problems);
    }
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.problem() == kind && reason != Reason.INTERNAL)
        .findFirst()
        .<Exception>map(reason -> new RunRefusedException(reason, detail))
        .orElseGet(() -> new IOException("the serve at %s: %s".formatted(serve.address(), detail)));
  }

  static final class ServeUnreachableException extends ConfigurationException {
    ServeUnreachableException(URI address, IOException cause) {
      super(
          "the serve of this home does not answer at %s (data/api.port); it may have ended at this moment, or hang: look at its log, and give the command again"
              .formatted(address));
      initCause(cause);
    }
  }
}
