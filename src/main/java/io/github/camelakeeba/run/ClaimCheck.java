package io.github.camelakeeba.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The health check {@code claim}: down when the loop that claims runs has hung, which a restart
 * mends. It asks no database, and a store that is away does not stop the loop: it tries again.
 */
public final class ClaimCheck extends ToldCheck {
  /** A round comes each second, and its statements give up in less time. */
  private static final Duration HUNG = Duration.ofMinutes(2);

  private final Claims claims;
  private final Clock clock;

  /** Of this node's claims. */
  public ClaimCheck(Claims claims, Clock clock) {
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
  Trouble look() {
    Instant round = claims.roundAt();
    boolean hung = round != null && round.plus(HUNG).isBefore(clock.instant());
    return hung ? new Trouble("nobody looks for runs that are due", round) : null;
  }
}
