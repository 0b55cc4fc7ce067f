package io.github.camelakeeba.health;

import io.github.camelakeeba.run.store.RunClaimer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The health check {@code claim}: down when the loop that claims runs has hung, which a restart
 * mends. It asks no database, and a store that is away does not stop the loop: it tries again.
 */
public final class ClaimHealthCheck extends BackupHealthCheck {
  /** A round comes each second, and its statements give up in less time. */
  private static final Duration MAX_ROUND_AGE = Duration.ofMinutes(2);

  private final RunClaimer claims;
  private final Clock clock;

  public ClaimHealthCheck(RunClaimer claims, Clock clock) {
    super("claim");
    this.claims = claims;
    this.clock = clock;
  }

  @Override
  public boolean isLiveness() {
    return true;
  }

  @Override
  public boolean isReadiness() {
    return false;
  }

  @Override
  Finding inspect() {
    Instant round = claims.lastRoundAt();
    boolean hung = round != null && round.plus(MAX_ROUND_AGE).isBefore(clock.instant());
    return hung ? Finding.since("nobody looks for runs that are due", round) : null;
  }
}
