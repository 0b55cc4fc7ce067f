package io.github.camelakeeba.config.source;

import io.github.camelakeeba.config.AbsoluteUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * A list over HTTP. Java's own client, since it is read before Camel starts. A redirect is not
 * followed: the credentials would go along.
 */
final class HttpSource {
  private static final String TOO_LATE = "it did not answer in time";

  private HttpSource() {}

  static SourceContent read(SourceRequest request)
      throws SourceUnavailableException, InterruptedException {
    AbsoluteUrl address = AbsoluteUrl.parse(request.from().reveal(), Set.of("http", "https"));
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(request.timeout())
            .build();
    long end = System.nanoTime() + request.timeout().toNanos();
    try {
      HttpResponse<InputStream> response =
          client.send(call(request, address), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        int status = response.statusCode();
        if (status != 200) {
          throw new SourceUnavailableException(
              "it answered HTTP "
                  + status
                  + (status / 100 == 3 ? ", a redirect; write the address that it leads to" : ""));
        }
        return new SourceContent(
            bounded(body, end),
            response.headers().firstValue("Content-Type").orElse(null),
            address.uri().getPath(),
            Instant.now());
      }
    } catch (IOException e) {
      throw new SourceUnavailableException(reason(e), e);
    }
  }

  /**
   * The client's own time limit ends with the head of the answer, and on Java 17 no interrupt ends
   * what waits for the rest: one that trickles would keep a thread for each reload.
   */
  private static byte[] bounded(InputStream body, long end)
      throws IOException, SourceUnavailableException {
    long left = Math.max(0, end - System.nanoTime());
    CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(() -> close(body));
    try {
      byte[] bytes = FileSource.bounded(body);
      if (System.nanoTime() - end < 0) {
        return bytes;
      }
    } catch (IOException e) {
      if (System.nanoTime() - end < 0) {
        throw e;
      }
    }
    throw new SourceUnavailableException(TOO_LATE);
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest call(SourceRequest request, AbsoluteUrl address) {
    URI uri = address.uri();
    HttpRequest.Builder call =
        HttpRequest.newBuilder(uri)
            .timeout(request.timeout())
            .header("Accept", "text/csv, application/json, application/yaml, */*;q=0.1");
    if (address.userInfo() != null) {
      byte[] user = address.userInfo().reveal().getBytes(StandardCharsets.UTF_8);
      call.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }
    request.headers().forEach((name, value) -> call.setHeader(name, value.reveal()));
    return call.GET().build();
  }

  /** Not the exception's own text, which may hold the address. */
  private static String reason(IOException failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException) {
        return "its host is not known";
      }
      if (at instanceof SSLException) {
        return "no TLS connection with it: is its certificate one that Java trusts?";
      }
      if (at instanceof HttpTimeoutException) {
        return TOO_LATE;
      }
    }
    return failure instanceof ConnectException
        ? "it cannot be reached"
        : "the connection broke off";
  }
}
