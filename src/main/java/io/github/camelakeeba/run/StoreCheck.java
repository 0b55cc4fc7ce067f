package io.github.camelakeeba.run;

import java.time.Instant;

/** The health check {@code store}: up while the store takes the heartbeat; asks no database. */
public final class StoreCheck extends ToldCheck {
  private final StoreWatch watch;

  /** The watch knows what became of the last write. */
  public StoreCheck(StoreWatch watch) {
    super("store");
    this.watch = watch;
  }

  @Override
  Trouble look() {
    Instant since = watch.downSince();
    return since == null ? null : new Trouble("the store does not take writes", since);
  }
}
