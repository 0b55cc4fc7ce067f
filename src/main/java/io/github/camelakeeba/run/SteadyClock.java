package io.github.camelakeeba.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock without its jumps, for all that is measured; the bean {@code backup-clock}. Each
 * look compares the wall clock with the processor's own. A wall clock that is slewed is followed;
 * one that is set by a second or more is not.
 */
public final class SteadyClock extends Clock {
  private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);

  private static final long JUMP = Duration.ofSeconds(1).toNanos();

  /** A process that was held up between two looks at the clocks compares nothing. */
  private static final long HELD_UP = Duration.ofMillis(100).toNanos();

  /** One that people are told of. */
  private static final Duration LARGE = Duration.ofMinutes(1);

  private final Clock wall;
  private final LongSupplier nanoTime;
  private final Instant begin;
  private final long begun;
  private long ahead;
  private Duration jumped = Duration.ZERO;
  private Jump last;
  private boolean news;

  /**
   * The wall clock was set by a minute or more, or this machine slept.
   *
   * @param by positive: it went ahead
   * @param at by the wall clock, after it
   */
  public record Jump(Duration by, Instant at) {

    /** Ahead, or below 0. */
    long seconds() {
      return Math.round(by.toMillis() / 1000.0);
    }

    String words() {
      return "went %s by %s s".formatted(by.isNegative() ? "back" : "ahead", Math.abs(seconds()));
    }
  }

  /** Of this machine. */
  public SteadyClock(Clock wall) {
    this(wall, System::nanoTime);
  }

  SteadyClock(Clock wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.begin = wall.instant();
    this.begun = nanoTime.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long before = nanoTime.getAsLong();
    Instant now = wall.instant();
    long after = nanoTime.getAsLong();
    long off = Duration.between(begin, now).toNanos() - (before - begun);
    if (after - before < HELD_UP) {
      if (Math.abs(off - ahead) >= JUMP) {
        jump(Duration.ofMillis(Duration.ofNanos(off - ahead).toMillis()), now);
      }
      ahead = off;
    }
    // not the wall clock as read: while this was held up it may have been set
    return begin.plusNanos(before - begun + ahead).minus(jumped);
  }

  private void jump(Duration by, Instant now) {
    jumped = jumped.plus(by);
    if (by.abs().compareTo(LARGE) > 0) {
      last = new Jump(by, now);
      news = true;
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
  Instant past(Instant wallTime) {
    Instant now = instant();
    synchronized (this) {
      Instant steady = wallTime.minus(jumped);
      return steady.isAfter(now) ? now : steady;
    }
  }

  /** Whether there was a large jump since this was asked last; tells of it in the log. */
  public synchronized boolean jumped() {
    instant();
    if (!news) {
      return false;
    }
    news = false;
    LOG.warn("the clock of this machine {}", last.words());
    return true;
  }

  /** The last large jump since this process began, or null. */
  synchronized Jump last() {
    return last;
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
