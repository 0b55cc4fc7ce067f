package io.github.camelakeeba.akeeba;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** A wait in slices; between them the deadline is checked, and whether a user stopped the run. */
public final class InterruptibleDelay {
  private static final long MAX_SLICE_MILLIS = 1000;

  /** Returns when the wait is over; throws why it has to end before. Null: no deadline. */
  public void await(@Body CallDelay delay, @Variable("akeeba-deadline") Deadline deadline)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, delay.pause()));
    for (long slice = slice(end, deadline); slice > 0; slice = slice(end, deadline)) {
      Thread.sleep(slice);
      if (deadline != null) {
        deadline.checkNotOver();
      }
    }
  }

  /** Milliseconds of the next slice; 0 at the end. */
  private static long slice(long end, Deadline deadline) {
    // rounded up: a wait is never shorter than requested
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime() + 999_999);
    long until =
        deadline == null ? MAX_SLICE_MILLIS : Math.max(1, deadline.remaining().toMillis() + 1);
    return Math.max(0, Math.min(left, Math.min(MAX_SLICE_MILLIS, until)));
  }
}
