package io.github.camelakeeba.observe;

import io.github.camelakeeba.run.Queue;
import io.github.camelakeeba.run.StoreWatch;
import io.micrometer.core.instrument.Tags;

/** The runs that have not ended. */
public final class RunReadings {
  private static final String RUNS = "backup.runs";
  private static final String DUE = "backup.queue.due";
  private static final String OLDEST = "backup.queue.oldest";

  private RunReadings() {}

  /** The readings of this queue. */
  public static Readings of(StoreWatch watch, Queue queue) {
    return new StoreReadings(watch, readings -> look(readings, queue.look()))
        .gauge(RUNS, null, "Runs that are queued, also those that are not due yet, or running")
        .gauge(DUE, null, "Runs that are due and wait")
        .gauge(OLDEST, "seconds", "So long the oldest of them waits; 0: none does");
  }

  private static void look(StoreReadings readings, Queue.Length length) {
    readings.set(RUNS, Tags.of("state", "queued"), length.queued());
    readings.set(RUNS, Tags.of("state", "running"), length.running());
    readings.set(DUE, Tags.empty(), length.due());
    readings.set(OLDEST, Tags.empty(), length.oldest().toMillis() / 1000.0);
  }
}
