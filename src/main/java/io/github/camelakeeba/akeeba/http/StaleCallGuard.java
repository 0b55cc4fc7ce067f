package io.github.camelakeeba.akeeba.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Just before the first byte of a start or a step is sent, on a connection that is open: a process
 * that was held up since it journaled the call may have lost the run to another node.
 */
final class StaleCallGuard implements ExecChainHandler {
  /**
   * More than a connection may take, and less than the 15 s after which a node that gives no sign
   * of life loses its runs.
   */
  private static final Duration MAX_AGE = Duration.ofSeconds(12);

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Instant journaledAt = BoundedResponse.call(scope).journaledAt();
    if (journaledAt != null && Instant.now().isAfter(journaledAt.plus(MAX_AGE))) {
      throw new ConnectFailureMarker.NoConnectionException(
          new IOException("this process was held up before the call went out"));
    }
    return chain.proceed(request, scope);
  }
}
