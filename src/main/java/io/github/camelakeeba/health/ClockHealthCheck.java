package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Duration;
import java.util.Map;

/** The health check {@code clock}: whether the clock of this machine was set, by how much. */
public final class ClockHealthCheck extends BackupHealthCheck {
  private static final Duration SHOWN_FOR = Duration.ofDays(1);

  private final SteadyClock clock;

  public ClockHealthCheck(StoreAvailability availability, SteadyClock clock) {
    super("clock", availability);
    this.clock = clock;
  }

  @Override
  Finding inspect() {
    SteadyClock.Jump jump = clock.lastJump();
    return jump != null && jump.at().plus(SHOWN_FOR).isAfter(clock.wall(clock.instant()))
        ? Finding.of(
            "the clock of this machine %s at %s".formatted(jump.words(), jump.at()),
            Map.of("bySeconds", jump.seconds(), "at", jump.at().toString()))
        : null;
  }
}
