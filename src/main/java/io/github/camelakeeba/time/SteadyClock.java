package io.github.camelakeeba.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock without its jumps, for all that is measured; the bean {@code backup-clock}. Each
 * reading compares the wall clock with the processor's own. A wall clock that is slewed is
 * followed; one that is set by a second or more is not.
 */
public final class SteadyClock extends Clock {
  private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);
  private static final long JUMP_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long MAX_READ_NANOS = Duration.ofMillis(100).toNanos(); // else held up
  private static final Duration MIN_REPORTED_JUMP = Duration.ofMinutes(1);

  private final Clock wall;
  private final LongSupplier nanoTime;
  private final Instant begin;
  private final long beginNanos;
  private long aheadNanos;
  private Duration jumped = Duration.ZERO;
  private Jump lastJump;
  private boolean unreported;

  /**
   * The wall clock was set by a minute or more, or this machine slept.
   *
   * @param by positive: it went ahead
   * @param at by the wall clock, after it
   */
  public record Jump(Duration by, Instant at) {

    /** Below 0: it went back. */
    public long seconds() {
      return Math.round(by.toMillis() / 1000.0);
    }

    public String words() {
      return "went %s by %s s".formatted(by.isNegative() ? "back" : "ahead", Math.abs(seconds()));
    }
  }

  public SteadyClock(Clock wall) {
    this(wall, System::nanoTime);
  }

  public SteadyClock(Clock wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.begin = wall.instant();
    this.beginNanos = nanoTime.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long before = nanoTime.getAsLong();
    Instant now = wall.instant();
    long after = nanoTime.getAsLong();
    long offNanos = Duration.between(begin, now).toNanos() - (before - beginNanos);
    if (after - before < MAX_READ_NANOS) {
      if (Math.abs(offNanos - aheadNanos) >= JUMP_NANOS) {
        jump(Duration.ofMillis(Duration.ofNanos(offNanos - aheadNanos).toMillis()), now);
      }
      aheadNanos = offNanos;
    }
    // not the wall clock as read: while this was held up it may have been set
    return begin.plusNanos(before - beginNanos + aheadNanos).minus(jumped);
  }

  private void jump(Duration by, Instant now) {
    jumped = jumped.plus(by);
    if (by.abs().compareTo(MIN_REPORTED_JUMP) > 0) {
      lastJump = new Jump(by, now);
      unreported = true;
    }
  }

  /** When that was, or will be, by the wall clock. */
  public Instant wall(Instant steady) {
    instant();
    synchronized (this) {
      return steady.plus(jumped);
    }
  }

  /** When that was, or will be, by this clock; what lies in the future is taken for now. */
  public Instant toSteady(Instant wallTime) {
    Instant now = instant();
    synchronized (this) {
      Instant steady = wallTime.minus(jumped);
      return steady.isAfter(now) ? now : steady;
    }
  }

  /** Whether there was a large jump since the last call; logs it. */
  public synchronized boolean jumped() {
    instant();
    if (!unreported) {
      return false;
    }
    unreported = false;
    LOG.warn("the clock of this machine {}", lastJump.words());
    return true;
  }

  /** The last large jump since this process began, or null. */
  public synchronized Jump lastJump() {
    return lastJump;
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return wall.withZone(zone);
  }
}
