package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Since when runs have been at work, by a clock that makes no jumps. A run that this process works
 * on has its times by that clock; what is stored and reported of it has them by the wall clock.
 */
final class RunStartTimes {
  private static final int MAX_ENTRIES = 10_000;

  private final SteadyClock clock;
  private final Map<String, Instant> starts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  RunStartTimes(SteadyClock clock) {
    this.clock = clock;
  }

  /**
   * The run, as its row says, with its start by the steady clock: as it was seen here first. Until
   * then the wall clock counts; a start in the future is now.
   */
  synchronized Run toSteadyTime(Run stored) {
    if (stored.startedAt() == null) {
      return stored;
    }
    Instant start = starts.computeIfAbsent(stored.id(), id -> clock.toSteady(stored.startedAt()));
    return stored.withTimes(start, stored.endedAt());
  }

  Run toWallTime(Run run) {
    return run.withTimes(wall(run.startedAt()), wall(run.endedAt()));
  }

  synchronized void remove(Run ended) {
    starts.remove(ended.id());
  }

  private Instant wall(Instant steady) {
    return steady == null ? null : clock.wall(steady);
  }
}
