package io.github.camelakeeba.app.cli.backend;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.reload.ReloadResult;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.ServeFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Calls the API of the serve of this home, as its commands do. */
final class ServeClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Reading ten thousand sites and asking slow sources of lists takes its time. */
  private static final Duration RELOAD_TIMEOUT = Duration.ofMinutes(5);

  private static final long RETRY_PAUSE_MILLIS = 1_000;
  private static final int MAX_RETRIES = 30;

  /** A header holds ASCII only. */
  private static final String USER = System.getProperty("user.name").replaceAll("[^ -~]", "?");

  private final ServeFiles.Serve serve;
  private final Duration timeout;
  private final Duration reloadTimeout;
  private final JsonMapper json = new EventJson().mapper();
  private final HttpClient http;

  ServeClient(ServeFiles.Serve serve, Duration timeout, Duration reloadTimeout) {
    this.serve = serve;
    this.timeout = timeout;
    this.reloadTimeout = reloadTimeout;
    http =
        HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(timeout).build();
  }

  /** For the serve of this home that runs; empty: none takes commands. */
  static Optional<ServeClient> of(Home home) {
    return ServeFiles.find(home).map(serve -> new ServeClient(serve, TIMEOUT, RELOAD_TIMEOUT));
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
    return json.readValue(send(posting(path, bytes)), type);
  }

  /** As {@link #post}, with the time that a reload may take. */
  ReloadResult reload() throws Exception {
    return json.readValue(
        send(posting("/api/reload", new byte[0]).timeout(reloadTimeout)), ReloadResult.class);
  }

  private HttpRequest.Builder posting(String path, byte[] body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(serve.address() + path))
        .timeout(timeout)
        .header("Authorization", "Bearer " + serve.token().reveal())
        .header(BackupResource.COMMAND_USER, USER);
  }

  private byte[] send(HttpRequest.Builder builder) throws Exception {
    HttpRequest request = builder.build();
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, BodyHandlers.ofByteArray());
      for (int i = 0; i < MAX_RETRIES && response.statusCode() == 429; i++) {
        Thread.sleep(RETRY_PAUSE_MILLIS); // many commands at once; nothing was accepted
        response = http.send(request, BodyHandlers.ofByteArray());
      }
    } catch (HttpConnectTimeoutException e) {
      throw new ServeUnreachableException(serve.address(), e);
    } catch (HttpTimeoutException e) {
      throw new ServeBusyException(serve.address(), request.timeout().orElse(timeout));
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

  /** It is there; what was asked of it may still be done. */
  static final class ServeBusyException extends IOException {
    ServeBusyException(URI address, Duration patience) {
      super(
          "the serve at %s has taken the request and not answered within %s s; it may still do what was asked, or hang: look at its log"
              .formatted(address, patience.toSeconds()));
    }
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
