package io.github.camelakeeba.run;

import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** The health check {@code store}: up while the store takes the heartbeat; asks no database. */
public final class StoreCheck extends AbstractHealthCheck {
  private final StoreWatch watch;

  /** The watch knows what became of the last write. */
  public StoreCheck(StoreWatch watch) {
    super("store");
    this.watch = watch;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Instant since = watch.downSince();
    if (since == null) {
      builder.up();
    } else {
      builder.message("the store does not take writes").detail("since", since).down();
    }
  }
}
