package io.github.camelakeeba.rest;

import io.github.camelakeeba.watch.Summary;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The summary for those who follow; that of all sites is read once for all of them. */
final class SharedSummary {
  private final Function<Caller, Summary> summaries;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private Summary latest; // of all sites; guarded by the lock
  private long readAt;

  /** The function reads the summary of a caller. */
  SharedSummary(Function<Caller, Summary> summaries, LongSupplier nanoTime) {
    this.summaries = summaries;
    this.nanoTime = nanoTime;
  }

  /**
   * As this caller sees it.
   *
   * @param notBefore by the clock: what was read earlier is read anew
   */
  Summary of(Caller caller, long notBefore) {
    if (!caller.tags().isEmpty()) {
      return summaries.apply(caller);
    }
    lock.lock();
    try {
      if (latest == null || readAt - notBefore < 0) {
        long begun = nanoTime.getAsLong();
        latest = summaries.apply(caller);
        readAt = begun;
      }
      return latest.of(SummaryResource.name(caller));
    } finally {
      lock.unlock();
    }
  }
}
