package io.github.camelakeeba.akeeba;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * A wait in pieces, between which it shows whether the errand still has time, and whether a user
 * has stopped it.
 */
public final class InterruptibleDelay {
  private static final long MAX_SLICE_MILLIS = 1000;

  /**
   * A wait.
   *
   * @param open whether there is something left of it
   * @param piece milliseconds to wait now
   * @param end when it is over, by {@link System#nanoTime}
   */
  public record DelaySlice(boolean open, long piece, long end) {}

  /** Before the first piece. */
  public DelaySlice start(@Body CallDelay what, @Variable("akeeba-deadline") Deadline deadline) {
    long millis = Math.max(0, what.pause());
    return slice(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), deadline);
  }

  /** After a piece; throws why the errand has to end. */
  public DelaySlice nextSlice(
      @Variable("akeeba-pause") DelaySlice pause, @Variable("akeeba-deadline") Deadline deadline) {
    if (deadline != null) {
      deadline.checkNotOver();
    }
    return slice(pause.end(), deadline);
  }

  private static DelaySlice slice(long end, Deadline deadline) {
    // rounded up: a wait is never shorter than it was asked for
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime() + 999_999);
    long until =
        deadline == null ? MAX_SLICE_MILLIS : Math.max(1, deadline.remaining().toMillis() + 1);
    return new DelaySlice(left > 0, Math.min(left, Math.min(MAX_SLICE_MILLIS, until)), end);
  }
}
