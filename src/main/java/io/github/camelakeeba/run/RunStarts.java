package io.github.camelakeeba.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Since when runs have been at work, by a clock that makes no jumps. A run that this process works
 * on has its times by that clock; what is stored and told of it has them by the wall clock.
 */
final class RunStarts {
  private static final int REMEMBERED = 10_000;

  private final SteadyClock clock;
  private final Map<String, Instant> starts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  RunStarts(SteadyClock clock) {
    this.clock = clock;
  }

  /**
   * The run, as its row says, with its start by the steady clock: as it was seen here first. Until
   * then the wall clock counts; a start in the future is now.
   */
  synchronized Run inHand(Run stored) {
    if (stored.startedAt() == null) {
      return stored;
    }
    Instant start = starts.computeIfAbsent(stored.id(), id -> clock.past(stored.startedAt()));
    return stored.timed(start, stored.endedAt());
  }

  /** The run with its times by the wall clock. */
  Run told(Run inHand) {
    return inHand.timed(wall(inHand.startedAt()), wall(inHand.endedAt()));
  }

  /** It has ended. */
  synchronized void over(Run ended) {
    starts.remove(ended.id());
  }

  private Instant wall(Instant steady) {
    return steady == null ? null : clock.wall(steady);
  }
}
