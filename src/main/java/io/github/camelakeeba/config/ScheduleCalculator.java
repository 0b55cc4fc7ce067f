package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** When the sites are due; one timetable for each expression and zone. Thread-safe. */
@Internal
public final class ScheduleCalculator {
  private static final int MAX_CACHED_FIRES = 256;
  private static final int NO_NUMBER = 60; // in place of a second or a minute

  /** Tried in this order: a schedule that fires each second is not searched for years. */
  private static final List<Duration> LOOKBACKS =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofMinutes(2),
          Duration.ofHours(2),
          Duration.ofDays(2),
          Duration.ofDays(62),
          Duration.ofDays(800));

  /** Reads the expression anew each time: in memory it takes 11 KB, for each of 10,000 sites. */
  private static final class Timetable {
    private final Schedule schedule;
    private int sites;

    // the next fire and the one after it, which a start's delay asks for, in turn
    private volatile Span one = Span.NONE;
    private volatile Span other = Span.NONE;

    /** From {@code from} until it fires, {@code next} is the next fire. */
    private record Span(Instant from, Instant next) {
      static final Span NONE = new Span(Instant.MIN, Instant.MIN);

      boolean covers(Instant from) {
        return !from.isBefore(this.from) && (next == null || from.isBefore(next));
      }
    }

    Timetable(Schedule schedule) {
      this.schedule = schedule;
    }

    Instant after(Instant from) {
      Span known = known(from);
      if (known == null) {
        known = new Span(from, schedule.fireTimes().after(from));
        if (one.from.isBefore(other.from)) {
          one = known;
        } else {
          other = known;
        }
      }
      return known.next;
    }

    private Span known(Instant from) {
      Span first = one;
      if (first.covers(from)) {
        return first;
      }
      Span second = other;
      return second.covers(from) ? second : null;
    }

    boolean fires(Instant at) {
      Instant before = at.minusMillis(1);
      Span known = known(before);
      return at.equals(known != null ? known.next : schedule.fireTimes().after(before));
    }
  }

  /** The timetables of a zone by second and minute, where these are numbers. */
  private static final class ZoneTimetables {
    private final ZoneRules rules;
    private final Map<Integer, List<Timetable>> timetables = new HashMap<>();

    ZoneTimetables(ZoneId zone) {
      rules = zone.getRules();
    }

    void add(Timetable timetable) {
      String[] fields = timetable.schedule.cron().split("\\s+", 3);
      timetables
          .computeIfAbsent(key(number(fields[0]), number(fields[1])), key -> new ArrayList<>())
          .add(timetable);
    }

    /** Those that may fire then; a change of the clock moves seconds and minutes. */
    Stream<Timetable> candidates(Instant at) {
      ZoneOffsetTransition change = rules.nextTransition(at.minusNanos(1));
      if (change != null && at.equals(change.getInstant())) {
        return timetables.values().stream().flatMap(List::stream);
      }
      LocalDateTime local = LocalDateTime.ofInstant(at, rules.getOffset(at));
      return Stream.of(
              key(local.getSecond(), local.getMinute()),
              key(local.getSecond(), NO_NUMBER),
              key(NO_NUMBER, local.getMinute()),
              key(NO_NUMBER, NO_NUMBER))
          .flatMap(key -> timetables.getOrDefault(key, List.of()).stream());
    }

    private static int number(String field) {
      return field.matches("\\d+") ? Integer.parseInt(field) : NO_NUMBER;
    }

    private static int key(int second, int minute) {
      return 100 * second + minute;
    }
  }

  /** What is known of the schedules of one configuration. */
  private static final class Timetables {
    private final Configuration configuration;
    private final Duration spread;
    private final Map<Schedule, Timetable> bySchedule = new HashMap<>();
    private final Map<ZoneId, ZoneTimetables> zones = new HashMap<>();
    private final Map<Schedule, Duration> gaps = new ConcurrentHashMap<>();
    private final Map<Schedule, Duration> hourlyGaps = new ConcurrentHashMap<>();
    private final Map<Instant, Integer> due =
        Collections.synchronizedMap(
            new LinkedHashMap<>() {
              @Override
              protected boolean removeEldestEntry(Map.Entry<Instant, Integer> eldest) {
                return size() > MAX_CACHED_FIRES;
              }
            });

    Timetables(Configuration configuration) {
      this.configuration = configuration;
      this.spread = configuration.limits().spread();
      for (Site site : configuration.sites().values()) {
        if (site.schedule() != null) {
          bySchedule.computeIfAbsent(Schedule.of(site), Timetable::new).sites +=
              site.enabled() ? 1 : 0;
        }
      }
      for (Timetable timetable : bySchedule.values()) {
        zones.computeIfAbsent(timetable.schedule.zone(), ZoneTimetables::new).add(timetable);
      }
    }

    int dueAt(Instant fire) {
      return due.computeIfAbsent(
          fire,
          at ->
              zones.values().stream()
                  .flatMap(zone -> zone.candidates(at))
                  .filter(timetable -> timetable.sites > 0 && timetable.fires(at))
                  .mapToInt(timetable -> timetable.sites)
                  .sum());
    }
  }

  private final Supplier<Configuration> configuration;
  private volatile Timetables last;

  public ScheduleCalculator(Configuration configuration) {
    this(() -> configuration);
  }

  /** By the configuration that holds when it is asked. */
  public ScheduleCalculator(Supplier<Configuration> configuration) {
    this.configuration = configuration;
    this.last = new Timetables(configuration.get());
  }

  private Timetables timetables() {
    Timetables known = last;
    Configuration now = configuration.get();
    if (known.configuration != now) {
      known = new Timetables(now);
      last = known;
    }
    return known;
  }

  /** At most {@code count} fires after {@code from}, without {@link #offset}, or none at all. */
  public List<Instant> next(Site site, Instant from, int count) {
    List<Instant> next = new ArrayList<>();
    if (site.schedule() != null) {
      FireTimes fires = Schedule.of(site).fireTimes();
      Instant fire = from;
      while (next.size() < count && (fire = fires.after(fire)) != null) {
        next.add(fire);
      }
    }
    return next;
  }

  /** The first fire after {@code from}, or null: there is no schedule, or it never fires again. */
  public Instant next(Site site, Instant from) {
    return site.schedule() == null ? null : next(Schedule.of(site), from);
  }

  /** The first fire after {@code from}, or null: it never fires again. */
  public Instant next(Schedule schedule, Instant from) {
    Timetable known = timetables().bySchedule.get(schedule);
    return (known != null ? known : new Timetable(schedule)).after(from);
  }

  /** The last fire until then: a late fire counts as the missed, a repeated as the same one. */
  public Instant scheduledFire(Site site, Instant at) {
    return site.schedule() == null ? at : scheduledFire(Schedule.of(site), at);
  }

  /** As {@link #scheduledFire(Site, Instant)}. */
  public Instant scheduledFire(Schedule schedule, Instant at) {
    FireTimes fires = schedule.fireTimes();
    for (Duration lookback : LOOKBACKS) {
      Instant last = null;
      Instant fire = fires.after(at.minus(lookback));
      while (fire != null && !fire.isAfter(at)) {
        last = fire;
        fire = fires.after(fire);
      }
      if (last != null) {
        return last;
      }
    }
    return at;
  }

  /**
   * The longest gap in the year after {@code from}, in local time, so that clock changes don't
   * count. Null without a schedule or with fewer than two fires left.
   */
  public Duration longestGap(Site site, Instant from) {
    if (site.schedule() == null) {
      return null;
    }
    Timetables known = timetables();
    Duration gap =
        known.gaps.computeIfAbsent(
            Schedule.of(site),
            schedule ->
                known.hourlyGaps.computeIfAbsent(
                    schedule.onTheHour(), same -> same.fireTimes().longestGap(from)));
    return gap.isZero() ? null : gap;
  }

  /**
   * How long without a good backup: the site's own, else twice its longest gap, else null. Null
   * also of a site that was removed, null.
   */
  public Duration overdueAfter(Site site, Instant from) {
    if (site == null) {
      return null;
    }
    if (site.overdueAfter() != null) {
      return site.overdueAfter();
    }
    Duration gap = longestGap(site, from);
    return gap == null ? null : gap.multipliedBy(2);
  }

  /**
   * How long after the fire the site starts: the same each time, 0 when no other enabled site is
   * due, less than {@code limits.spread} and than a tenth of the time to the site's next fire.
   */
  public Duration offset(Site site, Instant fire) {
    Timetables known = timetables();
    Duration spread = known.spread;
    if (site.schedule() == null || spread.isZero() || known.dueAt(fire) < 2) {
      return Duration.ZERO;
    }
    Instant after = next(site, fire);
    long window = spread.toMillis();
    if (after != null) {
      window = Math.min(window, Duration.between(fire, after).dividedBy(10).toMillis());
    }
    return Duration.ofMillis((long) (window * spreadFraction(site.name())));
  }

  /**
   * From 0 to just below 1, by the name alone: the same on each node, whatever others there are.
   */
  public static double spreadFraction(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return crc.getValue() / (double) (1L << 32);
  }
}
