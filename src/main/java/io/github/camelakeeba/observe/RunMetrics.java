package io.github.camelakeeba.observe;

import io.github.camelakeeba.run.store.QueueMetrics;
import io.github.camelakeeba.store.StoreAvailability;
import io.micrometer.core.instrument.Tags;

/** The runs that have not ended. */
public final class RunMetrics {
  private static final String RUNS = "backup.runs";
  private static final String DUE = "backup.queue.due";
  private static final String OLDEST = "backup.queue.oldest";

  private RunMetrics() {}

  public static ScrapedMetrics of(StoreAvailability availability, QueueMetrics queue) {
    return new StoreMetrics(availability, metrics -> poll(metrics, queue.measure()))
        .gauge(RUNS, null, "Runs that are queued, also those that are not due yet, or running")
        .gauge(DUE, null, "Runs that are due and wait")
        .gauge(OLDEST, "seconds", "So long the oldest of them waits; 0: none does");
  }

  private static void poll(StoreMetrics metrics, QueueMetrics.QueueLength length) {
    metrics.set(RUNS, Tags.of("state", "queued"), length.queued());
    metrics.set(RUNS, Tags.of("state", "running"), length.running());
    metrics.set(DUE, Tags.empty(), length.due());
    metrics.set(OLDEST, Tags.empty(), length.oldest().toMillis() / 1000.0);
  }
}
