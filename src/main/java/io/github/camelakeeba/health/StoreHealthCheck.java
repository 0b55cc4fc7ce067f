package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import java.time.Instant;

/** The health check {@code store}: whether writes succeed, as the heartbeat knows. */
public final class StoreHealthCheck extends BackupHealthCheck {
  private final StoreAvailability availability;

  public StoreHealthCheck(StoreAvailability availability) {
    super("store");
    this.availability = availability;
  }

  @Override
  Finding inspect() {
    Instant since = availability.downSince();
    return since == null ? null : Finding.since("the store does not accept writes", since);
  }
}
