package io.github.camelakeeba.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the store takes what this node writes; says so when that changes, and only then.
 */
public final class StoreWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);

  /** This node writes its heartbeat each second; an older one than this is a bad sign. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  /** So long a pool without a free connection is not told again. */
  private static final Duration DRY_AGAIN = Duration.ofMinutes(1);

  private final SteadyClock clock;
  private Instant away;
  private Instant dry;
  private Instant beaten;
  private int waiting;

  StoreWatch(Clock clock) {
    this.clock = new SteadyClock(clock);
  }

  /** Something was not taken. */
  public synchronized void failed(Throwable thrown) {
    if (StoreTrouble.dry(thrown)) {
      if (dry == null || dry.plus(DRY_AGAIN).isBefore(clock.instant())) {
        dry = clock.instant();
        LOG.warn(
            "all connections to the store were in use for too long; where that happens often,"
                + " raise backup.database.poolSize");
      }
    } else if (away == null) {
      away = clock.instant();
      LOG.warn("the store does not take writes: {}; waiting", StoreTrouble.reason(thrown));
    }
  }

  /** The heartbeat was taken; the store is back when nothing else waits for it. */
  synchronized void beaten() {
    beaten = clock.instant();
    if (away != null && waiting == 0) {
      LOG.info("the store is back after {} s", Duration.between(away, beaten).toSeconds());
      away = null;
    }
  }

  /** A write waits for the store from here on. */
  synchronized void waits() {
    waiting++;
  }

  /** That write waits no more. */
  synchronized void waitsNoMore() {
    waiting--;
  }

  /** Whether what was written last was not taken. */
  public synchronized boolean away() {
    return away != null;
  }

  /** Since when, by the wall clock, the store is down, or null when it is up. */
  public synchronized Instant downSince() {
    boolean silent = beaten != null && beaten.plus(FRESH).isBefore(clock.instant());
    Instant since = away != null ? away : silent ? beaten : null;
    return since == null ? null : clock.wall(since);
  }

  /** Whether the route's failure is the store's, so that this watch has told of it. */
  public boolean knows(Exception thrown) {
    boolean trouble = StoreTrouble.is(thrown);
    if (trouble) {
      failed(thrown);
    }
    return trouble;
  }
}
