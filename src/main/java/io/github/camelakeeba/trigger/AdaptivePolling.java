package io.github.camelakeeba.trigger;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks that cost time are made less often: of ten thousand rows that wait for the end of a run
 * each look reads them all. A look that found as much as it may is followed by the next at once.
 */
final class AdaptivePolling {
  /** So many times as long as the look took. */
  private static final int PAUSE_FACTOR = 20;

  private final int maxResults;
  private final LongSupplier nanoTime;
  private long next;

  /** A look finds at most so many. */
  AdaptivePolling(int most, LongSupplier nanoTime) {
    this.maxResults = most;
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong();
  }

  /** What the look finds; nothing while it rests. */
  synchronized <T> List<T> poll(Supplier<List<T>> look) {
    long begin = nanoTime.getAsLong();
    if (begin - next < 0) {
      return List.of();
    }
    List<T> found = look.get();
    long end = nanoTime.getAsLong();
    next = found.size() < maxResults ? end + (end - begin) * PAUSE_FACTOR : end;
    return found;
  }
}
