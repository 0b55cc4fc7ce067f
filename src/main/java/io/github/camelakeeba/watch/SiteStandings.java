package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SiteDays;
import io.github.camelakeeba.run.store.SiteDays.DayEnd;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.run.store.SiteHealthStore.KnownSite;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * How all sites stand, kept in memory, a few hundred bytes a site: a question reads from the store
 * what has changed since the last one, whichever node changed it, and so is never answered by what
 * was true before it was asked. Thread-safe; throws when the store is unavailable.
 */
public final class SiteStandings {
  static final int STRIP_DAYS = 30;
  private static final int SITES_A_QUERY = 500;

  /**
   * What has changed for so long is read again: a transaction that took its number before others
   * may end after them, that of a node which stands still, too. It outlasts the store's own limits
   * of 10 s for a statement and for a transaction in which nothing happens.
   */
  private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(45);

  /** All is read anew after so long, should a transaction have been longer than that. */
  private static final Duration TRUST = Duration.ofMinutes(1);

  /** So many of the last changes are read again as long as that time has not passed. */
  private static final int OVERLAP = 500;

  private static final Duration MARK_INTERVAL = Duration.ofSeconds(1);

  private final Configuration configuration;
  private final OverdueSites overdue;
  private final SiteHealthStore store;
  private final SiteDays days;
  private final RunQueries runs;
  private final SitePauses pauses;
  private final Map<String, Month> months = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private Reading last; // guarded by the lock
  private final Deque<Mark> marks = new ArrayDeque<>(); // guarded by the lock; the oldest first

  /**
   * What was read.
   *
   * @param begun when, by the process's own clock, as {@code wholeAt}, when all was read
   * @param failure why there is nothing; else null
   */
  private record Reading(
      long begun,
      Map<String, SiteStanding> sites,
      Set<String> open,
      Map<String, List<SitePause>> pauses,
      long wholeAt,
      RuntimeException failure) {}

  /** The last change that was known at this time, by the process's own clock. */
  private record Mark(long at, long change) {}

  /**
   * The last days of a site as they were at this change of it.
   *
   * @param usualMillis median of how long its good backups took; null: there was none
   */
  record Month(long change, LocalDate today, DayStrip strip, Long usualMillis) {
    static final Month NONE = new Month(-1, LocalDate.MIN, null, null);
  }

  public SiteStandings(
      Configuration configuration, OverdueSites overdue, Database database, Clock clock) {
    this.configuration = configuration;
    this.overdue = overdue;
    this.store = new SiteHealthStore(database);
    this.days = new SiteDays(database);
    this.runs = new RunQueries(database);
    this.pauses = new SitePauses(database, clock);
  }

  /** After a reload: the sites are others. */
  public void forget() {
    lock.lock();
    try {
      last = null;
      marks.clear();
      months.clear();
    } finally {
      lock.unlock();
    }
  }

  /** By name, in the configuration's order; not older than this call. */
  Map<String, SiteStanding> now() {
    long asked = System.nanoTime();
    lock.lock();
    try {
      if (last == null || last.begun - asked < 0) {
        last = read(last);
      }
      if (last.failure != null) {
        throw last.failure; // those who have waited for the same attempt don't make it again
      }
      return last.sites;
    } finally {
      lock.unlock();
    }
  }

  private Reading read(Reading before) {
    long begun = System.nanoTime();
    try {
      boolean whole =
          before == null || before.failure != null || begun - before.wholeAt > TRUST.toNanos();
      List<KnownSite> changed = store.changedSince(whole ? -1 : settled(begun));
      Set<String> open = runs.openSites();
      Map<String, List<SitePause>> paused = pauses.since(Instant.EPOCH);
      mark(changed.isEmpty() ? 0 : changed.get(changed.size() - 1).change());
      Map<String, SiteStanding> sites =
          whole ? all(before, changed, open, paused) : update(before, changed, open, paused);
      return new Reading(begun, sites, open, paused, whole ? begun : before.wholeAt, null);
    } catch (RuntimeException e) {
      return new Reading(begun, null, null, null, 0, e);
    }
  }

  /** All changes up to this one had ended when it was read, and need not be read again. */
  private long settled(long now) {
    Mark first = marks.pollFirst();
    while (!marks.isEmpty() && now - marks.peekFirst().at >= LONGEST_TRANSACTION.toNanos()) {
      first = marks.pollFirst();
    }
    marks.addFirst(first);
    return now - first.at >= LONGEST_TRANSACTION.toNanos() ? first.change : first.change - OVERLAP;
  }

  private void mark(long change) {
    long now = System.nanoTime();
    Mark newest = marks.peekLast();
    if (newest == null) {
      marks.add(new Mark(now, change));
    } else if (change > newest.change && now - newest.at >= MARK_INTERVAL.toNanos()) {
      marks.add(new Mark(now, change));
    }
  }

  /** What stands as before is the same object, so that nobody looks at it again. */
  private Map<String, SiteStanding> all(
      Reading before,
      List<KnownSite> known,
      Set<String> open,
      Map<String, List<SitePause>> paused) {
    Map<String, KnownSite> byName = new HashMap<>();
    known.forEach(one -> byName.put(one.health().site(), one));
    Map<String, SiteStanding> olds =
        before == null || before.failure != null ? Map.of() : before.sites;
    Map<String, SiteStanding> sites = new LinkedHashMap<>();
    configuration
        .sites()
        .forEach(
            (name, site) -> {
              List<SitePause> ofSite = paused.getOrDefault(name, List.of());
              SiteStanding one = standing(site, byName.get(name), open.contains(name), ofSite);
              SiteStanding old = olds.get(name);
              sites.put(name, one.equals(old) ? old : one);
            });
    return sites;
  }

  /** The same map where nothing has changed. */
  private Map<String, SiteStanding> update(
      Reading before,
      List<KnownSite> changed,
      Set<String> open,
      Map<String, List<SitePause>> paused) {
    Map<String, SiteStanding> news = new HashMap<>();
    for (KnownSite one : changed) {
      SiteStanding old = before.sites.get(one.health().site());
      if (old != null && (old.known() == null || old.known().change() != one.change())) {
        news.put(old.site().name(), standing(old.site(), one, old.open(), old.pauses()));
      }
    }
    Stream.concat(before.pauses.keySet().stream(), paused.keySet().stream())
        .distinct()
        .filter(name -> before.sites.containsKey(name))
        .filter(name -> !Objects.equals(before.pauses.get(name), paused.get(name)))
        .forEach(
            name -> {
              SiteStanding old = news.getOrDefault(name, before.sites.get(name));
              List<SitePause> ofSite = paused.getOrDefault(name, List.of());
              news.put(name, standing(old.site(), old.known(), old.open(), ofSite));
            });
    Stream.concat(before.open.stream(), open.stream())
        .filter(name -> before.open.contains(name) != open.contains(name))
        .forEach(
            name -> {
              SiteStanding old = news.getOrDefault(name, before.sites.get(name));
              if (old != null) {
                news.put(name, old.with(open.contains(name)));
              }
            });
    if (news.isEmpty()) {
      return before.sites;
    }
    Map<String, SiteStanding> sites = new LinkedHashMap<>(before.sites);
    sites.putAll(news);
    return sites;
  }

  private SiteStanding standing(Site site, KnownSite known, boolean open, List<SitePause> ofSite) {
    if (known == null || !known.watched()) {
      return new SiteStanding(site, known, null, false, open, ofSite);
    }
    SiteHealth health = known.health();
    boolean reported = health.missedAt() != null && overdue.isOverdue(health, ofSite);
    return new SiteStanding(site, known, overdue.dueAt(health, ofSite), reported, open, ofSite);
  }

  /** The last 30 days of these sites, today among them, by name. */
  Map<String, Month> months(Collection<SiteStanding> sites, LocalDate today) {
    Map<String, Month> found = new HashMap<>();
    List<SiteStanding> missing = new ArrayList<>();
    for (SiteStanding one : sites) {
      long change = one.known() == null ? 0 : one.known().change();
      Month month = months.getOrDefault(one.site().name(), Month.NONE);
      if (month.change == change && month.today.equals(today)) {
        found.put(one.site().name(), month);
      } else {
        missing.add(one);
      }
    }
    for (int i = 0; i < missing.size(); i += SITES_A_QUERY) {
      load(missing.subList(i, Math.min(i + SITES_A_QUERY, missing.size())), today);
    }
    missing.forEach(one -> found.put(one.site().name(), months.get(one.site().name())));
    return found;
  }

  private void load(List<SiteStanding> sites, LocalDate today) {
    LocalDate first = today.minusDays(STRIP_DAYS - 1);
    Map<String, List<DayEnd>> ends =
        days.ends(first, sites.stream().map(one -> one.site().name()).toList());
    for (SiteStanding one : sites) {
      KnownSite known = one.known();
      List<DayEnd> ofSite = ends.getOrDefault(one.site().name(), List.of());
      months.put(
          one.site().name(),
          new Month(
              known == null ? 0 : known.change(),
              today,
              DayStrip.of(first, today, one.firstDay(), ofSite),
              usual(ofSite, one.durationMillis())));
    }
  }

  /** The days of these sites from the first one on, by name. */
  Map<String, DayStrip> strips(Collection<SiteStanding> sites, LocalDate first, LocalDate today) {
    Map<String, List<DayEnd>> ends =
        days.ends(first, sites.stream().map(one -> one.site().name()).toList());
    Map<String, DayStrip> strips = new HashMap<>();
    for (SiteStanding one : sites) {
      strips.put(
          one.site().name(),
          DayStrip.of(
              first, today, one.firstDay(), ends.getOrDefault(one.site().name(), List.of())));
    }
    return strips;
  }

  /** Where the last days have none, the last there was. */
  private static Long usual(List<DayEnd> ends, Long lastGood) {
    long[] sorted =
        ends.stream()
            .filter(end -> end.durationMillis() != null)
            .mapToLong(DayEnd::durationMillis)
            .sorted()
            .toArray();
    return sorted.length == 0 ? lastGood : (Long) sorted[sorted.length / 2];
  }
}
