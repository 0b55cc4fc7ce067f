package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * A health check of ours that is always up, since a restart would repair nothing, but reports what
 * it has found to people.
 */
abstract class InformationalHealthCheck extends AbstractHealthCheck {
  /** The detail under which the health page finds what to show. */
  static final String DETAIL_KEY = "found";

  private final StoreAvailability watch;

  /** The store is not asked while the watch knows that it is away. */
  InformationalHealthCheck(String name, StoreAvailability watch) {
    super(HealthReport.PREFIX + name);
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
        inspect(builder);
        builder.up();
      } catch (RuntimeException e) {
        if (!TransientStoreErrors.isTransient(e)) {
          throw e;
        }
      }
    }
  }

  /** Checks, and sets message and {@link #DETAIL_KEY} when there is something to report. */
  abstract void inspect(HealthCheckResultBuilder builder);
}
