package io.github.camelakeeba.run;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How patiently lost answers are made up for.
 *
 * @param pause between the first two looks; it doubles up to 30 s, give or take a fifth
 * @param retryPause before the first further attempt at an unreachable site; it doubles
 * @param later whether such an attempt may be made later at all: not in the foreground
 */
public record Recovery(Duration pause, Duration retryPause, boolean later) {
  /** Calls in a row without an answer; then the site counts as unreachable. */
  static final int MOST_TRIES = 6;

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Milliseconds to wait after so many looks in vain, from 0. */
  public long pauseAfter(int looks) {
    long doubled = pause.toMillis() << Math.min(looks, 16);
    long bounded = Math.min(doubled, Math.max(LONGEST.toMillis(), pause.toMillis()));
    return bounded * ThreadLocalRandom.current().nextLong(80, 121) / 100;
  }

  /** How long a start may stay without a record until it is taken for never begun. */
  Duration untilNeverBegun() {
    return pause.multipliedBy(10);
  }

  /** The pause before the further attempt with this number, from 0. */
  Duration beforeRetry(int number) {
    return retryPause.multipliedBy(1L << Math.min(number, 10));
  }
}
