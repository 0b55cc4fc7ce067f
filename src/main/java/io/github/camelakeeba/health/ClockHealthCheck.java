package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;

/** The health check {@code clock}: whether the clock of this machine was set, by how much. */
public final class ClockHealthCheck extends InformationalHealthCheck {
  /** For so long it is of interest. */
  private static final Duration SHOWN_FOR = Duration.ofDays(1);

  private final SteadyClock clock;

  public ClockHealthCheck(StoreAvailability watch, SteadyClock clock) {
    super("clock", watch);
    this.clock = clock;
  }

  @Override
  void inspect(HealthCheckResultBuilder builder) {
    SteadyClock.Jump jump = clock.lastJump();
    if (jump != null && jump.at().plus(SHOWN_FOR).isAfter(clock.wall(clock.instant()))) {
      builder
          .message("the clock of this machine %s at %s".formatted(jump.words(), jump.at()))
          .detail(DETAIL_KEY, Map.of("bySeconds", jump.seconds(), "at", jump.at().toString()));
    }
  }
}
