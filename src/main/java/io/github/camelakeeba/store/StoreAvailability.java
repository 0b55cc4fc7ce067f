package io.github.camelakeeba.store;

import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the store accepts this node's writes; each change is logged once. */
public final class StoreAvailability {
  private static final Logger LOG = LoggerFactory.getLogger(StoreAvailability.class);
  private static final Duration MAX_HEARTBEAT_AGE = Duration.ofSeconds(10); // written each second
  private static final Duration POOL_EXHAUSTED_LOG_INTERVAL = Duration.ofMinutes(1);

  private final SteadyClock clock;
  private Instant unavailable;
  private Instant poolExhausted;
  private Instant heartbeat;
  private int waitingWrites;

  StoreAvailability(Clock clock) {
    this.clock = new SteadyClock(clock);
  }

  public synchronized void recordFailure(Throwable thrown) {
    if (TransientStoreErrors.isPoolExhausted(thrown)) {
      if (poolExhausted == null
          || poolExhausted.plus(POOL_EXHAUSTED_LOG_INTERVAL).isBefore(clock.instant())) {
        poolExhausted = clock.instant();
        LOG.warn(
            "all connections to the store were in use for too long; where that happens often,"
                + " raise backup.database.poolSize");
      }
    } else if (unavailable == null) {
      unavailable = clock.instant();
      LOG.warn(
          "the store does not accept writes: {}; waiting", TransientStoreErrors.reason(thrown));
    }
  }

  /** The heartbeat was written: the store is back unless another write still waits. */
  public synchronized void heartbeat() {
    heartbeat = clock.instant();
    if (unavailable != null && waitingWrites == 0) {
      LOG.info(
          "the store is back after {} s", Duration.between(unavailable, heartbeat).toSeconds());
      unavailable = null;
    }
  }

  synchronized void writeWaiting() {
    waitingWrites++;
  }

  synchronized void writeDone() {
    waitingWrites--;
  }

  /** Whether the last write was rejected. */
  public synchronized boolean unavailable() {
    return unavailable != null;
  }

  /** Since when, by the wall clock, the store is down, or null when it is up. */
  public synchronized Instant downSince() {
    boolean silent =
        heartbeat != null && heartbeat.plus(MAX_HEARTBEAT_AGE).isBefore(clock.instant());
    Instant since = unavailable != null ? unavailable : silent ? heartbeat : null;
    return since == null ? null : clock.wall(since);
  }

  /** Whether a route failed because of the store; then it has been recorded. */
  public boolean isStoreFailure(Exception thrown) {
    boolean storeFailure = TransientStoreErrors.isTransient(thrown);
    if (storeFailure) {
      recordFailure(thrown);
    }
    return storeFailure;
  }
}
