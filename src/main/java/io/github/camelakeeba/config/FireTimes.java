package io.github.camelakeeba.config;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import org.quartz.CronExpression;

/**
 * When a cron expression fires in a zone; a pure function of both.
 *
 * <p>A local time that a clock change leaves out fires at the first minute that exists. One that
 * exists twice fires at the first of the two. A schedule that fires in the hour beside it as well
 * is hourly there: it fires in each real hour, once, as if the clock had not been changed.
 */
final class FireTimes {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Enough for every minute over two weekends; a year of a daily schedule is 366. */
  private static final int MAX_FIRES = 20_000;

  private static final Duration SAMPLED = Duration.ofDays(367);

  private final CronExpression local;
  private final ZoneRules rules;

  /** Throws {@link IllegalArgumentException} with what is allowed. */
  FireTimes(String cron, ZoneId zone) {
    this.local = CronExpressions.parse(cron, ZoneOffset.UTC);
    this.rules = zone.getRules();
  }

  /** The first fire after this instant, or null: it never fires again. */
  Instant after(Instant from) {
    ZoneOffset offset = rules.getOffset(from);
    LocalDateTime last = LocalDateTime.ofInstant(from, offset);
    ZoneOffsetTransition begin = rules.previousTransition(from.plusNanos(1));
    ZoneOffsetTransition end = rules.nextTransition(from);
    while (true) {
      LocalDateTime fire = first(last, begin);
      if (fire == null) {
        return null;
      }
      if (end == null || fire.toInstant(offset).isBefore(end.getInstant())) {
        return fire.toInstant(offset);
      }
      if (end.isGap() && leavesOut(end)) {
        return end.getInstant();
      }
      begin = end;
      offset = end.getOffsetAfter();
      last = end.getDateTimeAfter().minusNanos(1);
      end = rules.nextTransition(end.getInstant());
    }
  }

  /** Whether it fires at this instant. */
  boolean firesAt(Instant instant) {
    return instant.equals(after(instant.minusMillis(1)));
  }

  /**
   * The longest time between two fires in the year after {@code from}, by a clock that is never
   * changed; zero with fewer than two fires left.
   */
  Duration longestGap(Instant from) {
    Duration longest = Duration.ZERO;
    LocalDateTime fire = next(LocalDateTime.ofInstant(from, rules.getOffset(from)));
    LocalDateTime end = fire == null ? null : fire.plus(SAMPLED);
    for (int i = 0; i < MAX_FIRES && fire != null && fire.isBefore(end); i++) {
      LocalDateTime following = next(fire);
      if (following != null) {
        Duration gap = Duration.between(fire, following);
        longest = gap.compareTo(longest) > 0 ? gap : longest;
      }
      fire = following;
    }
    return longest;
  }

  /** The first local fire after this one that has not been there before the clock was put back. */
  private LocalDateTime first(LocalDateTime last, ZoneOffsetTransition begin) {
    LocalDateTime fire = next(last);
    if (begin == null || begin.isGap() || fire == null) {
      return fire;
    }
    boolean again = fire.isBefore(begin.getDateTimeBefore());
    return again && !isHourlyBeside(begin) ? next(begin.getDateTimeBefore().minusNanos(1)) : fire;
  }

  private boolean isHourlyBeside(ZoneOffsetTransition overlap) {
    LocalDateTime from = overlap.getDateTimeAfter();
    LocalDateTime to = overlap.getDateTimeBefore();
    return fires(from.minus(HOUR), from) || fires(to, to.plus(HOUR));
  }

  /**
   * Whether local fires fall into the gap and no others, an hour before and after, replace them.
   */
  private boolean leavesOut(ZoneOffsetTransition gap) {
    LocalDateTime from = gap.getDateTimeBefore();
    LocalDateTime to = gap.getDateTimeAfter();
    return fires(from, to) && !(fires(from.minus(HOUR), from) && fires(to, to.plus(HOUR)));
  }

  private boolean fires(LocalDateTime from, LocalDateTime to) {
    LocalDateTime fire = next(from.minusNanos(1));
    return fire != null && fire.isBefore(to);
  }

  private LocalDateTime next(LocalDateTime last) {
    Date fire = local.getNextValidTimeAfter(Date.from(last.toInstant(ZoneOffset.UTC)));
    return fire == null ? null : LocalDateTime.ofInstant(fire.toInstant(), ZoneOffset.UTC);
  }
}
