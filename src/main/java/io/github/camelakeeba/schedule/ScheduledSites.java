package io.github.camelakeeba.schedule;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Schedule;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The enabled sites of each schedule, and, a row each, since when they have had it. */
public final class ScheduledSites {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledSites.class);
  private static final int MAX_LOGGED = 20; // names in a line

  private final Supplier<Configuration> configuration;
  private final Runnable reload;
  private volatile BySchedule last;
  private final ScheduleCalculator schedules;
  private final RequestReader requests;
  private final Database database;
  private final SitePauses pauses;
  private final Clock clock;

  /** The sites of one configuration. */
  private record BySchedule(
      Configuration configuration,
      Map<Schedule, List<Site>> sites,
      Map<String, List<Site>> byName) {
    static BySchedule of(Configuration configuration) {
      Map<Schedule, List<Site>> sites =
          configuration.sites().values().stream()
              .filter(site -> site.enabled() && site.schedule() != null)
              .collect(
                  Collectors.groupingBy(Schedule::of, LinkedHashMap::new, Collectors.toList()));
      configuration
          .reports()
          .forEach(one -> sites.computeIfAbsent(one.schedule(), no -> List.of()));
      Map<String, List<Site>> byName = new HashMap<>();
      sites.forEach((schedule, having) -> byName.put(schedule.name(), having));
      return new BySchedule(configuration, sites, byName);
    }
  }

  public ScheduledSites(
      Configuration configuration,
      ScheduleCalculator schedules,
      RequestReader requests,
      Database database,
      Clock clock) {
    this(() -> configuration, schedules, requests, database, () -> {}, clock);
  }

  /**
   * Of the configuration that holds when it is asked.
   *
   * @param reload reads it anew: for a schedule that another node has read and this one not yet
   */
  public ScheduledSites(
      Supplier<Configuration> configuration,
      ScheduleCalculator schedules,
      RequestReader requests,
      Database database,
      Runnable reload,
      Clock clock) {
    this.schedules = schedules;
    this.requests = requests;
    this.database = database;
    this.pauses = new SitePauses(database, clock);
    this.clock = clock;
    this.configuration = configuration;
    this.reload = reload;
    this.last = BySchedule.of(configuration.get());
  }

  private BySchedule now() {
    BySchedule known = last;
    Configuration asked = configuration.get();
    if (known.configuration != asked) {
      known = BySchedule.of(asked);
      last = known;
    }
    return known;
  }

  /** By their schedules, in the configuration's order; none where it is that of a report alone. */
  Map<Schedule, List<Site>> bySchedule() {
    return now().sites;
  }

  /**
   * The requests of the sites that this fire is for: those that have had the schedule by then. What
   * has passed before a site got it is not made up for, nor is what passes while it is paused.
   */
  public List<BackupRequest> due(ScheduleFire fire) {
    List<Site> having = now().byName.get(fire.schedule());
    if (having == null) {
      reload.run();
      having = now().byName.get(fire.schedule());
    }
    if (having == null) {
      LOG.warn(
          "the schedule {}, which was due at {}, has no site in sites.yaml as it was last read",
          fire.schedule(),
          fire.at());
      return List.of();
    }
    if (having.isEmpty()) {
      return List.of();
    }
    Instant due = schedules.scheduledFire(having.get(0), fire.at());
    // of a time that lies ahead a wrong clock is the reason
    Set<String> newer =
        Set.copyOf(
            database
                .sql(
                    "select site from scheduled_site where schedule = ? and since > ? and since <= ?")
                .param(fire.schedule())
                .param(SqlTime.of(due))
                .param(SqlTime.of(clock.instant()))
                .query(String.class)
                .list());
    Set<String> paused = pauses.pausedAt(due);
    logPaused(fire, having, paused);
    return having.stream()
        .filter(site -> !newer.contains(site.name()) && !paused.contains(site.name()))
        .map(site -> requests.scheduled(site, due))
        .toList();
  }

  private static void logPaused(ScheduleFire fire, List<Site> having, Set<String> paused) {
    List<String> skipped = having.stream().map(Site::name).filter(paused::contains).toList();
    if (!skipped.isEmpty()) {
      LOG.info(
          "skipped: the schedule {}, which was due at {}, for {} that {} paused: {}{}",
          fire.schedule(),
          fire.at(),
          skipped.size() == 1 ? "a site" : skipped.size() + " sites",
          skipped.size() == 1 ? "is" : "are",
          String.join(", ", skipped.subList(0, Math.min(skipped.size(), MAX_LOGGED))),
          skipped.size() > MAX_LOGGED ? ", …" : "");
    }
  }

  /** Writes which site has which schedule, and since now where that is new. */
  void enter() {
    enter(configuration.get());
  }

  /** The same of a configuration that is about to hold. */
  public void enter(Configuration next) {
    Map<Schedule, List<Site>> sites = BySchedule.of(next).sites;
    database.together(
        () -> {
          Map<String, String> gone = new HashMap<>();
          database
              .jdbc()
              .query(
                  "select site, schedule from scheduled_site",
                  row -> {
                    gone.put(row.getString(1), row.getString(2));
                  });
          OffsetDateTime now = SqlTime.of(clock.instant());
          List<Object[]> entries = new ArrayList<>();
          sites.forEach(
              (schedule, having) -> {
                String name = schedule.name();
                for (Site site : having) {
                  if (name.equals(gone.get(site.name()))) {
                    gone.remove(site.name());
                  } else {
                    entries.add(new Object[] {site.name(), name, now});
                  }
                }
              });
          database
              .jdbc()
              .batchUpdate(
                  "delete from scheduled_site where site = ?",
                  gone.keySet().stream().map(site -> new Object[] {site}).toList());
          database
              .jdbc()
              .batchUpdate(
                  "insert into scheduled_site (site, schedule, since) values (?, ?, ?)"
                      + " on conflict do nothing",
                  entries);
        });
  }

  /** By the names of schedules, the first fire that an earlier version has not got done. */
  Map<String, Instant> earlierFires() {
    Map<String, Instant> fires = new HashMap<>();
    database
        .jdbc()
        .query(
            "select schedule, min(earlier_fire) from scheduled_site"
                + " where earlier_fire is not null group by schedule",
            row -> {
              fires.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
            });
    return fires;
  }

  void forgetEarlierFires() {
    database.jdbc().update("update scheduled_site set earlier_fire = null where earlier_fire > 0");
  }
}
