package io.github.camelakeeba.health;

import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** A health check of ours that can be down, and then says why in words that reveal no secret. */
abstract class ReasonedHealthCheck extends AbstractHealthCheck {
  /** The detail under which the health page finds since when. */
  static final String SINCE_KEY = "since";

  ReasonedHealthCheck(String name) {
    super(HealthReport.PREFIX + name);
  }

  /**
   * What is wrong.
   *
   * @param since null: nobody knows
   */
  record Finding(String message, Instant since) {}

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Finding trouble = inspect();
    if (trouble == null) {
      builder.up();
    } else {
      builder.message(trouble.message()).down();
      if (trouble.since() != null) {
        builder.detail(SINCE_KEY, trouble.since());
      }
    }
  }

  /** Null when all is well. */
  abstract Finding inspect();
}
