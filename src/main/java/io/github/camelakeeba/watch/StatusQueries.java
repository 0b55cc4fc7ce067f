package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.ScheduleInWords;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.watch.SiteStandings.Month;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The status of sites and channels; throws when the store is unavailable. */
public final class StatusQueries {
  private final Map<String, Site> sites;
  private final ScheduleCalculator schedules;
  private final ScheduleInWords words = new ScheduleInWords();
  private final Database database;
  private final SiteStandings standings;
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
    this.sites = configuration.sites();
    this.schedules = schedules;
    this.database = database;
    this.standings = new SiteStandings(configuration, overdue, database, clock);
    this.outbox = outbox;
    this.runs = new RunQueries(database);
    this.clock = clock;
  }

  /**
   * A part of a list of sites.
   *
   * @param total how many there are in the whole list
   * @param last the last site of this part where others follow; else null
   */
  public record SitePage(List<ListedSite> sites, int total, String last) {}

  public StatusView view() {
    return view(tags -> true, true);
  }

  /**
   * Of the sites that are visible by their tags.
   *
   * @param channels whether the channels are, too
   */
  public StatusView view(Predicate<Collection<String>> visible, boolean channels) {
    return new StatusView(
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        database.count("node"),
        channels ? configurations() : List.of(),
        whole(
            standings.now().values().stream()
                .filter(one -> visible.test(one.site().tags()))
                .toList()),
        channels ? outbox.channelStates() : List.of());
  }

  /** By the store's clock, as the nodes' own entries are. */
  private List<String> configurations() {
    return database
        .sql(
            "select distinct configuration from node"
                + " where configuration is not null and alive_until > current_timestamp"
                + " order by configuration")
        .query(String.class)
        .list();
  }

  public Optional<SiteView> site(String name) {
    SiteStanding standing = sites.containsKey(name) ? standings.now().get(name) : null;
    return standing == null ? Optional.empty() : whole(List.of(standing)).stream().findFirst();
  }

  /** The key of this name of a site; 0, too, where a reload has just taken the site away. */
  public int shrunk(String name) {
    Site site = sites.get(name);
    return site == null ? 0 : site.shrunk();
  }

  /** How the days of these sites went from the first one to today, by name: {@link DayStrip}. */
  public Map<String, String> strips(LocalDate first, List<String> sites) {
    Instant now = clock.instant();
    Map<String, SiteStanding> all = standings.now();
    Map<String, String> strips = new HashMap<>();
    standings
        .strips(
            sites.stream().map(all::get).filter(Objects::nonNull).toList(),
            first,
            LocalDate.ofInstant(now, ZoneOffset.UTC))
        .forEach(
            (name, strip) ->
                strips.put(name, strip.letters(all.get(name).pauses(), all.get(name).open(), now)));
    return strips;
  }

  /** Whether there is such a site, and it has tags that are visible. */
  public boolean has(String name, Predicate<Collection<String>> visible) {
    return sites.containsKey(name) && visible.test(sites.get(name).tags());
  }

  /**
   * The sites behind this one, at most so many. One that is not there any more still has its place
   * among the names; in another order it must be there.
   *
   * @param sort null: in the configuration's order
   * @param after null: from the first one on
   */
  public SitePage page(SiteFilter filter, SiteOrder.Sort sort, String after, int limit) {
    Instant now = clock.instant();
    Map<String, SiteStanding> all = standings.now();
    List<SiteStanding> wanted = all.values().stream().filter(filter.at(now)).toList();
    List<SiteStanding> rest = wanted;
    if (sort != null) {
      Comparator<SiteStanding> order = sort.comparator(now, schedules);
      rest =
          wanted.stream()
              .filter(one -> after == null || follows(one, after, all.get(after), order, sort))
              .sorted(order)
              .toList();
    }
    List<SiteStanding> page = rest.size() > limit ? rest.subList(0, limit) : rest;
    String last = page.size() < rest.size() ? page.get(limit - 1).site().name() : null;
    return new SitePage(listed(page, now), wanted.size(), last);
  }

  /** How many sites that are switched on restore tests say what of; those with 0 left out. */
  Map<String, Integer> proofs(SiteFilter filter) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<SiteStanding> wanted =
        standings.now().values().stream().filter(filter.at(clock.instant())).toList();
    for (ProofState state : ProofState.values()) {
      long count =
          wanted.stream().filter(one -> one.site().enabled() && one.proofState() == state).count();
      if (count > 0) {
        counts.put(state.word(), (int) count);
      }
    }
    return counts;
  }

  private static boolean follows(
      SiteStanding one,
      String after,
      SiteStanding anchor,
      Comparator<SiteStanding> order,
      SiteOrder.Sort sort) {
    return anchor != null
        ? order.compare(one, anchor) > 0
        : sort.descending() == (one.site().name().compareTo(after) < 0)
            && !one.site().name().equals(after);
  }

  List<ListedSite> listed(List<SiteStanding> sites, Instant now) {
    if (sites.isEmpty()) {
      return List.of();
    }
    List<String> open =
        sites.stream().filter(SiteStanding::open).map(one -> one.site().name()).toList();
    Map<String, RunView> going = open.isEmpty() ? Map.of() : runs.newestOf(open);
    Function<SiteStanding, SiteView> view = views(sites, Map.of(), now);
    return sites.stream()
        .map(one -> ListedSite.of(view.apply(one), going.get(one.site().name())))
        .toList();
  }

  private List<SiteView> whole(Collection<SiteStanding> sites) {
    Map<String, RunView> newest =
        runs.newestOf(sites.stream().map(one -> one.site().name()).toList());
    return sites.stream().map(views(sites, newest, clock.instant())).toList();
  }

  private Function<SiteStanding, SiteView> views(
      Collection<SiteStanding> sites, Map<String, RunView> newest, Instant now) {
    Map<String, Month> months = standings.months(sites, LocalDate.ofInstant(now, ZoneOffset.UTC));
    Map<String, RunFailure> failures = failures(sites, now);
    return one -> {
      String name = one.site().name();
      return view(one, newest.get(name), months.get(name), Attention.of(one, failures, now), now);
    };
  }

  Map<String, RunFailure> failures(Collection<SiteStanding> sites, Instant now) {
    return runs.failures(
        sites.stream()
            .filter(one -> one.state(now) == SiteState.FAILED)
            .map(one -> one.health().failedRun())
            .collect(Collectors.toSet()));
  }

  private SiteView view(
      SiteStanding one, RunView newest, Month month, Attention attention, Instant now) {
    Site site = one.site();
    Instant next = one.nextFire(schedules, now);
    return new SiteView(
        site.name(),
        site.title(),
        site.enabled(),
        site.proof().watch(),
        site.tags(),
        site.schedule(),
        site.zone().getId(),
        next,
        one.lastGood(),
        newest,
        start(site, next),
        one.failures(),
        one.overdue(now),
        one.dueAt(),
        one.state(now).word(),
        month.strip().letters(one.pauses(), one.open(), now),
        words.words(site.schedule()),
        one.pause(now),
        attention.reason(),
        attention.advice(),
        one.size(),
        one.durationMillis(),
        month.usualMillis(),
        one.proof());
  }

  /** With the spread; null where nothing will start. */
  Instant start(Site site, Instant next) {
    return next == null || !site.enabled() ? null : next.plus(schedules.offset(site, next));
  }

  Instant next(SiteStanding one, Instant now) {
    return one.nextFire(schedules, now);
  }

  /** After a reload: the sites are others. */
  public void forget() {
    standings.forget();
  }

  SiteStandings standings() {
    return standings;
  }
}
