package io.github.camelakeeba.run;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * A health check of ours that is always up, since a restart would mend nothing, but tells what it
 * has found to people.
 */
abstract class DetailCheck extends AbstractHealthCheck {
  /** The detail under which the health page finds what to show. */
  static final String FOUND = "found";

  private final StoreWatch watch;

  /** The store is not asked while the watch knows that it is away. */
  DetailCheck(String name, StoreWatch watch) {
    super(Health.PREFIX + name);
    this.watch = watch;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  public boolean isReadiness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    builder.unknown();
    if (watch.downSince() == null) {
      try {
        look(builder);
        builder.up();
      } catch (RuntimeException e) {
        if (!StoreTrouble.is(e)) {
          throw e;
        }
      }
    }
  }

  /** Looks, and sets message and {@link #FOUND} when there is something to tell. */
  abstract void look(HealthCheckResultBuilder builder);
}
