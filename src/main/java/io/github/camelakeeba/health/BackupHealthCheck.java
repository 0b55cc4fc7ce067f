package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** A health check of ours; what it finds reveals no secret. */
abstract class BackupHealthCheck extends AbstractHealthCheck {
  /** Begins the ids of our checks: another application's registry may have a {@code store}, too. */
  static final String PREFIX = "backup-";

  static final String SINCE_KEY = "since";
  static final String FOUND_KEY = "found";

  private final StoreAvailability availability;

  /** One that can be down. */
  BackupHealthCheck(String name) {
    this(name, null);
  }

  /**
   * One that is always up, since a restart would repair nothing, and reports to people. The store
   * is not asked while it is known to be away.
   */
  BackupHealthCheck(String name, StoreAvailability availability) {
    super(PREFIX + name);
    this.availability = availability;
  }

  /** What there is to report, with a detail of Camel's health check. */
  record Finding(String message, String key, Object detail) {
    /** Since when something is wrong; null: not known. */
    static Finding since(String message, Instant since) {
      return new Finding(message, SINCE_KEY, since);
    }

    static Finding of(String message, Map<String, ?> found) {
      return new Finding(message, FOUND_KEY, found);
    }
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  public boolean isReadiness() {
    return availability == null;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    builder.unknown();
    if (availability != null && availability.downSince() != null) {
      return;
    }
    try {
      Finding finding = inspect();
      builder.state(finding == null || availability != null ? State.UP : State.DOWN);
      if (finding != null) {
        builder.message(finding.message());
        if (finding.detail() != null) {
          builder.detail(finding.key(), finding.detail());
        }
      }
    } catch (RuntimeException e) {
      if (availability == null || !TransientStoreErrors.isTransient(e)) {
        throw e;
      }
    }
  }

  /** Null when all is well. */
  abstract Finding inspect();
}
