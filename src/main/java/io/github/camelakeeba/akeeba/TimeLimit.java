package io.github.camelakeeba.akeeba;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * A limit for a whole HTTP call, from the connection to the last byte that is read: the client's
 * own limit begins anew with each packet.
 */
public final class TimeLimit {
  private TimeLimit() {}

  /** Sends the request, and reads what is wanted of the answer. */
  @FunctionalInterface
  public interface Call {
    /** The answer; throws what the client throws. */
    ClassicHttpResponse answer() throws IOException, HttpException;
  }

  /**
   * The call's answer; a {@link SocketTimeoutException} when it was broken off at the limit.
   *
   * @param limit null: none
   * @param scope of the call
   */
  public static ClassicHttpResponse within(Duration limit, ExecChain.Scope scope, Call call)
      throws IOException, HttpException {
    CompletableFuture<Void> alarm = new CompletableFuture<>();
    if (limit != null && scope.originalRequest instanceof Cancellable request) {
      alarm
          .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
          .thenRun(request::cancel);
    }
    try {
      return call.answer();
    } catch (IOException | HttpException e) {
      if (alarm.isDone()) {
        throw new SocketTimeoutException("the answer was not complete in time");
      }
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }
}
