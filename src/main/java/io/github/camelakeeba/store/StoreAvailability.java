package io.github.camelakeeba.store;

import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the store takes what this node writes; says so when that changes, and only then.
 */
public final class StoreAvailability {
  private static final Logger LOG = LoggerFactory.getLogger(StoreAvailability.class);

  /** This node writes its heartbeat each second; an older one than this is a bad sign. */
  private static final Duration MAX_HEARTBEAT_AGE = Duration.ofSeconds(10);

  /** So long a pool without a free connection is not reported again. */
  private static final Duration POOL_EXHAUSTED_LOG_INTERVAL = Duration.ofMinutes(1);

  private final SteadyClock clock;
  private Instant unavailable;
  private Instant poolExhausted;
  private Instant heartbeat;
  private int waitingWrites;

  StoreAvailability(Clock clock) {
    this.clock = new SteadyClock(clock);
  }

  /** A write was rejected. */
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

  /** The heartbeat was taken; the store is back when nothing else waits for it. */
  public synchronized void heartbeat() {
    heartbeat = clock.instant();
    if (unavailable != null && waitingWrites == 0) {
      LOG.info(
          "the store is back after {} s", Duration.between(unavailable, heartbeat).toSeconds());
      unavailable = null;
    }
  }

  /** A write waits for the store from here on. */
  synchronized void writeWaiting() {
    waitingWrites++;
  }

  /** That write waits no more. */
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

  /** Whether the route's failure is the store's, so that this watch has reported it. */
  public boolean isStoreFailure(Exception thrown) {
    boolean trouble = TransientStoreErrors.isTransient(thrown);
    if (trouble) {
      recordFailure(thrown);
    }
    return trouble;
  }
}
