package io.github.camelakeeba.trigger;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Polls that take long are made less often: each reads all rows that wait for the end of a run. One
 * that found as much as it may is followed by the next at once.
 */
final class AdaptivePolling {
  private static final int PAUSE_FACTOR = 20; // times the poll's own duration

  private final int maxResults;
  private final LongSupplier nanoTime;
  private long next;

  AdaptivePolling(int maxResults, LongSupplier nanoTime) {
    this.maxResults = maxResults;
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong();
  }

  /** What the poll finds; nothing during the pause. */
  synchronized <T> List<T> poll(Supplier<List<T>> poll) {
    long begin = nanoTime.getAsLong();
    if (begin - next < 0) {
      return List.of();
    }
    List<T> found = poll.get();
    long end = nanoTime.getAsLong();
    next = found.size() < maxResults ? end + (end - begin) * PAUSE_FACTOR : end;
    return found;
  }
}
