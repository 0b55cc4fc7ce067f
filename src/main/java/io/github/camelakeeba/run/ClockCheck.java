package io.github.camelakeeba.run;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;

/** The health check {@code clock}: whether the clock of this machine was set, by how much. */
public final class ClockCheck extends DetailCheck {
  /** For so long it is of interest. */
  private static final Duration SHOWN = Duration.ofDays(1);

  private final SteadyClock clock;

  /** Of this clock. */
  public ClockCheck(StoreWatch watch, SteadyClock clock) {
    super("clock", watch);
    this.clock = clock;
  }

  @Override
  void look(HealthCheckResultBuilder builder) {
    SteadyClock.Jump jump = clock.last();
    if (jump != null && jump.at().plus(SHOWN).isAfter(clock.wall(clock.instant()))) {
      builder
          .message("the clock of this machine %s at %s".formatted(jump.words(), jump.at()))
          .detail(FOUND, Map.of("bySeconds", jump.seconds(), "at", jump.at().toString()));
    }
  }
}
