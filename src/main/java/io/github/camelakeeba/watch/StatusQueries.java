package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.run.store.SiteHealthStore.KnownSite;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The status of sites and channels; throws when the store is unavailable. */
public final class StatusQueries {
  private final Configuration configuration;
  private final SortedMap<String, Site> byName;
  private final ScheduleCalculator schedules;
  private final Database database;
  private final SiteHealthStore healthStore;
  private final OverdueSites overdue;
  private final OutboxQueries outbox;
  private final RunQueries runs;
  private final SitePauses pauses;
  private final Clock clock;

  public StatusQueries(
      Configuration configuration,
      ScheduleCalculator schedules,
      Database database,
      OverdueSites overdue,
      OutboxQueries outbox,
      Clock clock) {
    this.configuration = configuration;
    this.byName = new TreeMap<>(configuration.sites());
    this.schedules = schedules;
    this.database = database;
    this.healthStore = new SiteHealthStore(database);
    this.overdue = overdue;
    this.outbox = outbox;
    this.runs = new RunQueries(database);
    this.pauses = new SitePauses(database, clock);
    this.clock = clock;
  }

  public StatusView view() {
    return new StatusView(
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        database.count("node"),
        sites(),
        outbox.channelStates());
  }

  /** All sites, in the configuration's order. */
  public List<SiteView> sites() {
    return views(configuration.sites().values());
  }

  /** The sites behind this name, at most so many, by name; null: from the first one on. */
  public List<SiteView> sites(String after, int limit) {
    SortedMap<String, Site> rest = after == null ? byName : byName.tailMap(after + "\0");
    return views(rest.values().stream().limit(limit).toList());
  }

  /** Whether a site's name comes after this one. */
  public boolean hasSiteAfter(String name) {
    return byName.lastKey().compareTo(name) > 0;
  }

  public int siteCount() {
    return byName.size();
  }

  public Optional<SiteView> site(String name) {
    Site site = configuration.sites().get(name);
    return site == null ? Optional.empty() : views(List.of(site)).stream().findFirst();
  }

  private List<SiteView> views(Collection<Site> sites) {
    List<String> names = sites.stream().map(Site::name).toList();
    Map<String, KnownSite> known = healthStore.known(names);
    Map<String, RunView> newest = runs.newestOf(names);
    Map<String, List<SitePause>> paused = pauses.sinceLastGood();
    Map<String, SitePause> current = pauses.current();
    return sites.stream()
        .map(
            site ->
                view(
                    site,
                    known.get(site.name()),
                    newest.get(site.name()),
                    paused.getOrDefault(site.name(), List.of()),
                    current.get(site.name())))
        .toList();
  }

  /** The next fire that no pause skips, or null. */
  private Instant nextFire(Site site, SitePause pause) {
    if (pause == null) {
      return schedules.next(site, clock.instant());
    }
    return pause.until() == null
        ? null
        : schedules.next(site, pause.until().minusMillis(1), 1).stream().findFirst().orElse(null);
  }

  private SiteView view(
      Site site, KnownSite known, RunView newest, List<SitePause> paused, SitePause pause) {
    Instant next = nextFire(site, pause);
    SiteHealth health = known == null ? null : known.health();
    boolean watched = known != null && known.watched();
    return new SiteView(
        site.name(),
        site.title(),
        site.enabled(),
        site.tags(),
        site.schedule(),
        site.zone().getId(),
        next,
        health == null ? null : health.lastGoodAt(),
        newest,
        next == null || !site.enabled() ? null : next.plus(schedules.offset(site, next)),
        health == null ? 0 : health.failures(),
        watched && overdue.isOverdue(health, paused),
        watched ? overdue.dueAt(health, paused) : null,
        pause);
  }
}
