package io.github.camelakeeba.akeeba;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** A wait in pieces; between them the deadline is checked, and whether a user stopped the run. */
public final class InterruptibleDelay {
  private static final long MAX_SLICE_MILLIS = 1000;

  /** Whether a wait goes on, milliseconds to wait now, and its end by {@link System#nanoTime}. */
  public record DelaySlice(boolean open, long piece, long end) {}

  /** The next piece, where {@code pause} was the last or null; throws why the wait has to end. */
  public DelaySlice nextSlice(
      @Body CallDelay delay,
      @Variable("akeeba-pause") DelaySlice pause,
      @Variable("akeeba-deadline") Deadline deadline) {
    if (pause == null) {
      long millis = Math.max(0, delay.pause());
      return slice(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), deadline);
    }
    if (deadline != null) {
      deadline.checkNotOver();
    }
    return slice(pause.end(), deadline);
  }

  private static DelaySlice slice(long end, Deadline deadline) {
    // rounded up: a wait is never shorter than requested
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime() + 999_999);
    long until =
        deadline == null ? MAX_SLICE_MILLIS : Math.max(1, deadline.remaining().toMillis() + 1);
    return new DelaySlice(left > 0, Math.min(left, Math.min(MAX_SLICE_MILLIS, until)), end);
  }
}
