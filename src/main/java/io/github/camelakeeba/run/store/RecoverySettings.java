package io.github.camelakeeba.run.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How patiently lost responses are recovered.
 *
 * @param pause between the first two polls; it doubles up to 30 s, give or take a fifth
 * @param retryPause before the first further attempt at an unreachable site; it doubles
 * @param laterAttempts whether such an attempt may be made later at all: not in the foreground
 */
public record RecoverySettings(Duration pause, Duration retryPause, boolean laterAttempts) {
  /** Calls in a row without an answer; then the site counts as unreachable. */
  public static final int MAX_CALLS_WITHOUT_RESPONSE = 6;

  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  /** Milliseconds to wait after so many polls, from 0. */
  public long pauseAfter(int polls) {
    long doubled = pause.toMillis() << Math.min(polls, 16);
    long bounded = Math.min(doubled, Math.max(MAX_PAUSE.toMillis(), pause.toMillis()));
    return bounded * ThreadLocalRandom.current().nextLong(80, 121) / 100;
  }

  /** How long a start may stay without a record until it counts as never begun. */
  public Duration startTimeout() {
    return pause.multipliedBy(10);
  }

  /** The pause before the further attempt with this number, from 0. */
  public Duration retryDelay(int number) {
    return retryPause.multipliedBy(1L << Math.min(number, 10));
  }
}
