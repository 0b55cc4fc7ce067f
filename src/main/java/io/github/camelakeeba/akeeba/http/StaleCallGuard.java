package io.github.camelakeeba.akeeba.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Just before the first byte of a start or a step is sent, on a connection that is open: a process
 * that was held up since it journaled the call may have lost the run to another node. Asked twice:
 * before the request is made, and where its body is written, after the head and before anything of
 * either has left the client's buffer.
 */
public final class StaleCallGuard implements ExecChainHandler {
  /**
   * More than a connection may take, and less than the 15 s after which a node that gives no sign
   * of life loses its runs.
   */
  private static final Duration MAX_AGE = Duration.ofSeconds(12);

  private final InstantSource clock;

  StaleCallGuard(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Instant journaledAt = BoundedResponse.call(scope).journaledAt();
    if (journaledAt != null) {
      check(journaledAt);
      if (request.getEntity() != null) {
        request.setEntity(new GuardedEntity(request.getEntity(), scope, journaledAt));
      }
    }
    return chain.proceed(request, scope);
  }

  private void check(Instant journaledAt) throws IOException {
    if (clock.instant().isAfter(journaledAt.plus(MAX_AGE))) {
      throw new WithheldCallException();
    }
  }

  /** The call was not sent, since that it is to be sent was noted too long ago. */
  public static final class WithheldCallException
      extends ConnectFailureMarker.NoConnectionException {
    private WithheldCallException() {
      super(new IOException("this process was held up before the call went out"));
    }
  }

  private final class GuardedEntity extends HttpEntityWrapper {
    private final ExecChain.Scope scope;
    private final Instant journaledAt;

    GuardedEntity(HttpEntity body, ExecChain.Scope scope, Instant journaledAt) {
      super(body);
      this.scope = scope;
      this.journaledAt = journaledAt;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      try {
        check(journaledAt);
      } catch (IOException e) {
        scope.execRuntime.discardEndpoint(); // an orderly close would flush the head
        throw e;
      }
      super.writeTo(out);
    }
  }
}
