package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.OutboxView;
import io.github.camelakeeba.notify.Standing;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Schedules;
import io.github.camelakeeba.site.Site;
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
public final class Status {
  private final Configuration configuration;
  private final Schedules schedules;
  private final Database database;
  private final Standings standings;
  private final Overdue overdue;
  private final OutboxView outbox;
  private final Runs runs;
  private final Clock clock;

  /** Of the sites and channels of this configuration. */
  public Status(
      Configuration configuration,
      Schedules schedules,
      Database database,
      Overdue overdue,
      OutboxView outbox,
      Clock clock) {
    this.configuration = configuration;
    this.schedules = schedules;
    this.database = database;
    this.standings = new Standings(database);
    this.overdue = overdue;
    this.outbox = outbox;
    this.runs = new Runs(database);
    this.clock = clock;
  }

  /** Everything. */
  public StatusView view() {
    return new StatusView(
        clock.instant().truncatedTo(ChronoUnit.MILLIS), nodes(), sites(), outbox.channels());
  }

  private int nodes() {
    Integer alive = database.jdbc().queryForObject("select count(*) from node", Integer.class);
    return alive == null ? 0 : alive;
  }

  /** All sites, in the configuration's order. */
  public List<SiteView> sites() {
    Map<String, Standing> known = new HashMap<>();
    standings.all().forEach(one -> known.put(one.site(), one));
    Set<String> watched =
        standings.watched().stream().map(Standing::site).collect(Collectors.toSet());
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

  private SiteView site(Site site, Standing standing, boolean watched) {
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
        watched && overdue.is(standing),
        watched ? overdue.dueAt(standing) : null);
  }
}
