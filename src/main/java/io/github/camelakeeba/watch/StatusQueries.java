package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks how sites and channels stand; changes nothing, and throws when the store is away. */
public final class StatusQueries {
  private final Configuration configuration;
  private final ScheduleCalculator schedules;
  private final Database database;
  private final SiteHealthStore standings;
  private final OverdueSites overdue;
  private final OutboxQueries outbox;
  private final RunQueries runs;
  private final Clock clock;

  public StatusQueries(
      Configuration configuration,
      ScheduleCalculator schedules,
      Database database,
      OverdueSites overdue,
      OutboxQueries outbox,
      Clock clock) {
    this.configuration = configuration;
    this.schedules = schedules;
    this.database = database;
    this.standings = new SiteHealthStore(database);
    this.overdue = overdue;
    this.outbox = outbox;
    this.runs = new RunQueries(database);
    this.clock = clock;
  }

  public StatusView view() {
    return new StatusView(
        clock.instant().truncatedTo(ChronoUnit.MILLIS), nodes(), sites(), outbox.channelStates());
  }

  private int nodes() {
    return database.count("node");
  }

  /** All sites, in the configuration's order. */
  public List<SiteView> sites() {
    Map<String, SiteHealth> known = new HashMap<>();
    standings.all().forEach(one -> known.put(one.site(), one));
    Set<String> watched =
        standings.watched().stream().map(SiteHealth::site).collect(Collectors.toSet());
    return configuration.sites().values().stream()
        .map(site -> site(site, known.get(site.name()), watched.contains(site.name())))
        .toList();
  }

  /** The site of this name. */
  public Optional<SiteView> site(String name) {
    return Optional.ofNullable(configuration.sites().get(name))
        .map(
            site ->
                site(
                    site,
                    standings.all().stream()
                        .filter(one -> one.site().equals(name))
                        .findFirst()
                        .orElse(null),
                    standings.watched().stream().anyMatch(one -> one.site().equals(name))));
  }

  private SiteView site(Site site, SiteHealth standing, boolean watched) {
    Instant next = schedules.next(site, clock.instant());
    return new SiteView(
        site.name(),
        site.title(),
        site.enabled(),
        site.tags(),
        site.schedule(),
        site.zone().getId(),
        next,
        standing == null ? null : standing.lastGoodAt(),
        runs.newest(site.name()).map(run -> RunView.of(run, null)).orElse(null),
        next == null || !site.enabled() ? null : next.plus(schedules.offset(site, next)),
        standing == null ? 0 : standing.failures(),
        watched && overdue.isOverdue(standing),
        watched ? overdue.dueAt(standing) : null);
  }
}
