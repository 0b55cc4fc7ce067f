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
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Cancellable request;
  private final Deadline deadline;
  private final long begun = System.nanoTime();
  private final long nanos;
  private volatile boolean expired;
  private volatile RuntimeException ended;
  private volatile boolean done;

  private TimeLimit(Cancellable request, Duration limit, Deadline deadline) {
    this.request = request;
    this.deadline = deadline;
    this.nanos = limit == null ? Long.MAX_VALUE : limit.toNanos();
  }

  /** Sends the request, and reads what is wanted of the answer. */
  @FunctionalInterface
  public interface Call {
    /** The answer; throws what the client throws. */
    ClassicHttpResponse answer() throws IOException, HttpException;
  }

  /**
   * The call's answer; a {@link SocketTimeoutException} when it was broken off at the limit, and
   * what the deadline throws when that came first. What is broken off is closed at once.
   *
   * @param limit null: none but the deadline
   * @param scope of the call
   */
  public static ClassicHttpResponse within(
      Duration limit, Deadline deadline, ExecChain.Scope scope, Call call)
      throws IOException, HttpException {
    if (!(scope.originalRequest instanceof Cancellable request)) {
      return call.answer();
    }
    TimeLimit watch = new TimeLimit(request, limit, deadline);
    watch.next();
    try {
      return call.answer();
    } catch (IOException | HttpException e) {
      if (watch.ended != null) {
        throw watch.ended;
      }
      if (watch.expired) {
        throw new SocketTimeoutException("the answer was not complete in time");
      }
      throw e;
    } finally {
      watch.done = true;
    }
  }

  private void next() {
    long left = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - begun);
    long piece = deadline == Deadline.NONE ? left : Math.min(left, upToTheDeadline());
    if (piece == Long.MAX_VALUE) {
      return; // nothing ends it
    }
    CompletableFuture.delayedExecutor(Math.max(0, piece), TimeUnit.NANOSECONDS).execute(this::look);
  }

  private long upToTheDeadline() {
    Duration left = deadline.left().plusMillis(1);
    return left.toSeconds() > 0 ? LOOK_NANOS : Math.max(0, left.toNanos());
  }

  private void look() {
    if (done) {
      return;
    }
    try {
      deadline.heed();
    } catch (RuntimeException why) {
      ended = why;
      request.cancel();
      return;
    }
    if (System.nanoTime() - begun >= nanos) {
      expired = true;
      request.cancel();
    } else {
      next();
    }
  }
}
