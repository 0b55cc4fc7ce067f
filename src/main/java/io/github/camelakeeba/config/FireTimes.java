package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
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
 * When a cron expression fires in a zone. A local time that a clock change skips fires at the first
 * minute that exists; one that exists twice fires the first time. A schedule that also fires in the
 * adjacent hour is hourly there: it fires once in each real hour.
 */
@Internal
public final class FireTimes {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MAX_FIRES = 20_000; // each minute of two weekends; 366 if daily
  private static final Duration SAMPLED = Duration.ofDays(367);

  private final CronExpression local;
  private final ZoneRules rules;

  FireTimes(String cron, ZoneId zone) {
    this.local = CronExpressions.parse(cron, ZoneOffset.UTC);
    this.rules = zone.getRules();
  }

  /** The first fire after {@code from}; null: it never fires again. */
  public Instant after(Instant from) {
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
      if (end.isGap() && skipsFires(end)) {
        return end.getInstant();
      }
      begin = end;
      offset = end.getOffsetAfter();
      last = end.getDateTimeAfter().minusNanos(1);
      end = rules.nextTransition(end.getInstant());
    }
  }

  boolean firesAt(Instant instant) {
    return instant.equals(after(instant.minusMillis(1)));
  }

  /** The longest gap in the year after {@code from}, by an unchanged clock; 0: under two fires. */
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

  /** The first local fire after this one that was not already before the clock was put back. */
  private LocalDateTime first(LocalDateTime last, ZoneOffsetTransition begin) {
    LocalDateTime fire = next(last);
    if (begin == null || begin.isGap() || fire == null) {
      return fire;
    }
    boolean again = fire.isBefore(begin.getDateTimeBefore());
    return again && !isHourlyAround(begin) ? next(begin.getDateTimeBefore().minusNanos(1)) : fire;
  }

  private boolean isHourlyAround(ZoneOffsetTransition overlap) {
    LocalDateTime from = overlap.getDateTimeAfter();
    LocalDateTime to = overlap.getDateTimeBefore();
    return fires(from.minus(HOUR), from) || fires(to, to.plus(HOUR));
  }

  /** Whether the gap skips local fires that no others, an hour before and after, replace. */
  private boolean skipsFires(ZoneOffsetTransition gap) {
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
