package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import java.time.Instant;

/** The health check {@code store}: up while the store takes the heartbeat; asks no database. */
public final class StoreHealthCheck extends ReasonedHealthCheck {
  private final StoreAvailability watch;

  public StoreHealthCheck(StoreAvailability watch) {
    super("store");
    this.watch = watch;
  }

  @Override
  Finding inspect() {
    Instant since = watch.downSince();
    return since == null ? null : new Finding("the store does not accept writes", since);
  }
}
