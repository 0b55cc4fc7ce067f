package io.github.camelakeeba.akeeba.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;

/**
 * Just before the first byte of a start or a step goes out, on a connection that is there: a
 * process that was held up since it noted the call may have lost the run to another node meanwhile.
 */
final class StaleCallGuard implements ExecChainHandler {
  /** When the call was noted, in milliseconds since 1970; never sent. */
  static final String HEADER = "Backup-Noted";

  /**
   * More than a connection may take, and less than the 15 s after which a node that gives no sign
   * of life loses its runs.
   */
  private static final Duration MAX_AGE = Duration.ofSeconds(12);

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Header noted = request.getFirstHeader(HEADER);
    request.removeHeaders(HEADER);
    if (noted != null) {
      Instant end = Instant.ofEpochMilli(Long.parseLong(noted.getValue())).plus(MAX_AGE);
      if (Instant.now().isAfter(end)) {
        throw new ConnectFailureMarker.NoConnectionException(
            new IOException("this process was held up before the call went out"));
      }
    }
    return chain.proceed(request, scope);
  }
}
