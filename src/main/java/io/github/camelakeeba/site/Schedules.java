package io.github.camelakeeba.site;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.quartz.CronExpression;

/**
 * When the sites are due. Sites with the same expression and zone are asked about once; safe for
 * several threads.
 */
public final class Schedules {
  /** Enough for every minute over two weekends; a year of a daily schedule is 366. */
  private static final int MOST_FIRES = 20_000;

  private static final Duration SAMPLED = Duration.ofDays(367);
  private static final int REMEMBERED = 256;

  /**
   * One expression in one zone, and how many enabled sites have it; second and minute are -1 where
   * they are not one number.
   */
  private record Timetable(CronExpression expression, int second, int minute, int sites) {

    static Timetable of(Site site) {
      String[] fields = site.schedule().split("\\s+", 3);
      return new Timetable(
          Cron.expression(site.schedule(), site.zone()),
          number(fields[0]),
          number(fields[1]),
          site.enabled() ? 1 : 0);
    }

    Timetable and(Timetable same) {
      return new Timetable(expression, second, minute, sites + same.sites);
    }

    /** Most timetables differ in the second or minute already: cheaper than to ask Quartz. */
    boolean fires(Instant at) {
      ZonedDateTime local = at.atZone(expression.getTimeZone().toZoneId());
      return (second < 0 || second == local.getSecond())
          && (minute < 0 || minute == local.getMinute())
          && expression.isSatisfiedBy(Date.from(at));
    }

    private static int number(String field) {
      return field.matches("\\d+") ? Integer.parseInt(field) : -1;
    }
  }

  private record Key(String cron, ZoneId zone) {}

  private final Duration spread;
  private final Map<Key, Timetable> timetables = new LinkedHashMap<>();
  private final Map<Key, Duration> gaps = new ConcurrentHashMap<>();
  private final Map<Instant, Integer> due =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Instant, Integer> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** The configuration must have been checked. */
  public Schedules(Configuration configuration) {
    this.spread = configuration.limits().spread();
    for (Site site : configuration.sites().values()) {
      if (site.schedule() != null) {
        timetables.merge(new Key(site.schedule(), site.zone()), Timetable.of(site), Timetable::and);
      }
    }
  }

  /**
   * The next instants after {@code from} at which the site is due, before any {@link #offset};
   * fewer than {@code count} when the schedule ends, none without a schedule.
   */
  public List<Instant> next(Site site, Instant from, int count) {
    List<Instant> next = new ArrayList<>();
    if (site.schedule() != null) {
      CronExpression expression = timetable(site).expression;
      Date fire = Date.from(from);
      while (next.size() < count && (fire = expression.getNextValidTimeAfter(fire)) != null) {
        next.add(fire.toInstant());
      }
    }
    return next;
  }

  /**
   * The longest time between two fires in the year after {@code from}, or null without a schedule
   * or with fewer than two fires left. Schedules that differ only in minute and second share one
   * answer.
   */
  public Duration longestGap(Site site, Instant from) {
    if (site.schedule() == null) {
      return null;
    }
    String sameGap = site.schedule().replaceFirst("^\\d+\\s+\\d+\\s", "0 0 ");
    Duration gap =
        gaps.computeIfAbsent(
            new Key(sameGap, site.zone()),
            key -> sample(Cron.expression(sameGap, site.zone()), from));
    return gap.isZero() ? null : gap;
  }

  /**
   * No good backup for so long is reported: the site's own time, else twice the longest gap of its
   * schedule, else null.
   */
  public Duration overdueAfter(Site site, Instant from) {
    if (site.overdueAfter() != null) {
      return site.overdueAfter();
    }
    Duration gap = longestGap(site, from);
    return gap == null ? null : gap.multipliedBy(2);
  }

  /**
   * How long after the fire the site starts: always the same for one site, 0 when no other enabled
   * site is due at that instant, less than {@code limits.spread} and than a tenth of the time to
   * the site's next fire.
   */
  public Duration offset(Site site, Instant fire) {
    if (site.schedule() == null || spread.isZero() || dueAt(fire) < 2) {
      return Duration.ZERO;
    }
    List<Instant> after = next(site, fire, 1);
    Duration window = spread;
    if (!after.isEmpty()) {
      Duration tenth = Duration.between(fire, after.get(0)).dividedBy(10);
      window = tenth.compareTo(spread) < 0 ? tenth : spread;
    }
    return Duration.ofMillis((long) (window.toMillis() * place(site.name())));
  }

  private Timetable timetable(Site site) {
    Timetable known = timetables.get(new Key(site.schedule(), site.zone()));
    return known != null ? known : Timetable.of(site);
  }

  private int dueAt(Instant fire) {
    return due.computeIfAbsent(
        fire,
        at ->
            timetables.values().stream()
                .filter(timetable -> timetable.sites > 0 && timetable.fires(at))
                .mapToInt(Timetable::sites)
                .sum());
  }

  private static Duration sample(CronExpression expression, Instant from) {
    Duration longest = Duration.ZERO;
    Date end = Date.from(from.plus(SAMPLED));
    Date before = expression.getNextValidTimeAfter(Date.from(from));
    for (int i = 0; i < MOST_FIRES && before != null && before.before(end); i++) {
      Date fire = expression.getNextValidTimeAfter(before);
      if (fire != null) {
        Duration gap = Duration.between(before.toInstant(), fire.toInstant());
        longest = gap.compareTo(longest) > 0 ? gap : longest;
      }
      before = fire;
    }
    return longest;
  }

  /**
   * From 0 to just below 1, by the name alone, so that other sites' coming and going moves none.
   */
  private static double place(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() / (double) (1L << 32);
  }
}
