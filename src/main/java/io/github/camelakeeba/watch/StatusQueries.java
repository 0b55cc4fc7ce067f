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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The status of sites and channels; throws when the store is unavailable. */
public final class StatusQueries {
  private final Configuration configuration;
  private final ScheduleCalculator schedules;
  private final Database database;
  private final SiteHealthStore healthStore;
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
    this.healthStore = new SiteHealthStore(database);
    this.overdue = overdue;
    this.outbox = outbox;
    this.runs = new RunQueries(database);
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

  public Optional<SiteView> site(String name) {
    Site site = configuration.sites().get(name);
    return site == null ? Optional.empty() : views(List.of(site)).stream().findFirst();
  }

  private List<SiteView> views(Collection<Site> sites) {
    Map<String, SiteHealth> known = new HashMap<>();
    healthStore.all().forEach(one -> known.put(one.site(), one));
    Set<String> watched =
        healthStore.watched().stream().map(SiteHealth::site).collect(Collectors.toSet());
    return sites.stream()
        .map(site -> view(site, known.get(site.name()), watched.contains(site.name())))
        .toList();
  }

  private SiteView view(Site site, SiteHealth health, boolean watched) {
    Instant next = schedules.next(site, clock.instant());
    return new SiteView(
        site.name(),
        site.title(),
        site.enabled(),
        site.tags(),
        site.schedule(),
        site.zone().getId(),
        next,
        health == null ? null : health.lastGoodAt(),
        runs.newest(site.name()).map(run -> RunView.of(run, null)).orElse(null),
        next == null || !site.enabled() ? null : next.plus(schedules.offset(site, next)),
        health == null ? 0 : health.failures(),
        watched && overdue.isOverdue(health),
        watched ? overdue.dueAt(health) : null);
  }
}
