package io.github.camelakeeba.run;

import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** A health check of ours that can be down, and then says why in words that tell no secret. */
abstract class ToldCheck extends AbstractHealthCheck {
  /** The detail under which the health page finds since when. */
  static final String SINCE = "since";

  ToldCheck(String name) {
    super(Health.PREFIX + name);
  }

  /**
   * What is wrong.
   *
   * @param since null: nobody knows
   */
  record Trouble(String message, Instant since) {}

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Trouble trouble = look();
    if (trouble == null) {
      builder.up();
    } else {
      builder.message(trouble.message()).down();
      if (trouble.since() != null) {
        builder.detail(SINCE, trouble.since());
      }
    }
  }

  /** Null when all is well. */
  abstract Trouble look();
}
