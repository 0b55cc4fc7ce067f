package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** A limit for a whole HTTP call: that of the client begins anew with each packet. */
public final class CallDeadline {
  private static final long CHECK_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Cancellable request;
  private final Deadline deadline;
  private final long startNanos = System.nanoTime();
  private final long limitNanos;
  private volatile boolean expired;
  private volatile RuntimeException deadlineFailure;
  private volatile CompletableFuture<Void> alarm = CompletableFuture.completedFuture(null);
  private volatile boolean done;

  private CallDeadline(Cancellable request, Duration limit, Deadline deadline) {
    this.request = request;
    this.deadline = deadline;
    this.limitNanos = limit == null ? Long.MAX_VALUE : limit.toNanos();
  }

  @FunctionalInterface
  public interface TimedCall {
    ClassicHttpResponse execute() throws IOException, HttpException;
  }

  /**
   * The call's answer; a {@link SocketTimeoutException} when it was broken off at the limit, and
   * what the deadline throws when that came first. What is broken off is closed at once.
   *
   * @param limit null: none but the deadline
   */
  public static ClassicHttpResponse within(
      Duration limit, Deadline deadline, ExecChain.Scope scope, TimedCall call)
      throws IOException, HttpException {
    if (!(scope.originalRequest instanceof Cancellable request)) {
      return call.execute();
    }
    CallDeadline timer = new CallDeadline(request, limit, deadline);
    timer.scheduleCheck();
    try {
      return call.execute();
    } catch (IOException | HttpException | RuntimeException e) {
      // a client that is broken off while it connects throws an IllegalStateException
      if (timer.deadlineFailure != null) {
        throw timer.deadlineFailure;
      }
      if (timer.expired) {
        throw new SocketTimeoutException("the answer was not complete in time");
      }
      throw e;
    } finally {
      timer.cancel();
    }
  }

  /** Takes the alarm from the JDK's timer: a call is far shorter than the time till it rings. */
  private void cancel() {
    done = true;
    alarm.complete(null);
  }

  private void scheduleCheck() {
    long left =
        limitNanos == Long.MAX_VALUE ? limitNanos : limitNanos - (System.nanoTime() - startNanos);
    long piece = deadline == Deadline.NONE ? left : Math.min(left, nanosToDeadline());
    if (piece == Long.MAX_VALUE) {
      return; // nothing ends it
    }
    CompletableFuture<Void> next = new CompletableFuture<>();
    next.thenRun(this::ring);
    alarm = next.completeOnTimeout(null, Math.max(0, piece), TimeUnit.NANOSECONDS);
    if (done) {
      cancel();
    }
  }

  /** Not on the timer's thread, which is the JVM's: a deadline may ask the store. */
  private void ring() {
    if (!done) {
      alarm.defaultExecutor().execute(this::checkExpired);
    }
  }

  private long nanosToDeadline() {
    Duration left = deadline.remaining().plusMillis(1);
    long most = deadline.mayEndEarly() ? CHECK_INTERVAL_NANOS : Long.MAX_VALUE;
    return Math.min(most, Math.max(0, left.toNanos()));
  }

  private void checkExpired() {
    if (done) {
      return;
    }
    try {
      deadline.checkNotOver();
    } catch (RuntimeException why) {
      deadlineFailure = why;
      request.cancel();
      return;
    }
    if (System.nanoTime() - startNanos >= limitNanos) {
      expired = true;
      request.cancel();
    } else {
      scheduleCheck();
    }
  }
}
