package io.github.camelakeeba.watch;

import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.Waiting;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.watch.SiteCounter.Counts;
import io.github.camelakeeba.watch.SiteStandings.Month;
import io.github.camelakeeba.watch.Summary.AwayChannel;
import io.github.camelakeeba.watch.Summary.AwayTrigger;
import io.github.camelakeeba.watch.Summary.CallerName;
import io.github.camelakeeba.watch.Summary.Case;
import io.github.camelakeeba.watch.Summary.NeedsYou;
import io.github.camelakeeba.watch.Summary.OpenRun;
import io.github.camelakeeba.watch.Summary.SiteAt;
import io.github.camelakeeba.watch.TriggerStatusProvider.TriggerState;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How everything stands, in one answer; throws when the store is unavailable. */
public final class SummaryQueries {
  private static final int MAX_CASES = 20;
  private static final int MAX_RUNS = 100;

  private final String node;
  private final boolean demo;
  private final StatusQueries status;
  private final SiteStandings standings;
  private final SiteCounter counter;
  private final RunQueries runs;
  private final OutboxQueries outbox;
  private final TriggerStatusProvider triggers;
  private final Database database;
  private final Clock clock;

  /**
   * For the page of this node.
   *
   * @param demo whether the sites are simulated ones
   */
  public SummaryQueries(
      String node,
      boolean demo,
      StatusQueries status,
      OutboxQueries outbox,
      TriggerStatusProvider triggers,
      Database database,
      Clock clock) {
    this.node = node;
    this.demo = demo;
    this.status = status;
    this.standings = status.standings();
    this.counter = new SiteCounter(status, MAX_CASES);
    this.runs = new RunQueries(database);
    this.outbox = outbox;
    this.triggers = triggers;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Of the sites that are visible by their tags.
   *
   * @param all whether these are all: what is of no site, a channel or a trigger, is told to those
   *     only who see them all
   */
  public Summary summary(CallerName caller, Predicate<Collection<String>> visible, boolean all) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Map<String, SiteStanding> known = standings.now();
    Counts counts = all ? counter.all(known, now) : counter.visible(known, visible, now);
    List<AwayChannel> channels = all ? channels(now) : List.of();
    NeedsYou needs = needsYou(counts, channels, all ? triggers() : List.of(), now);
    SummarySentence sentence =
        new SummarySentence(
            counts.sites(),
            counts.off(),
            counts.withoutGood(),
            counts.notProved(),
            counts.states(),
            needs,
            database.availability().unavailable());
    SiteAt next = counts.nextRun();
    String nextName = next == null ? null : known.get(next.site()).site().displayName();
    return new Summary(
        now,
        node,
        sentence.text() + sentence.times(counts.oldestGood(), next, nextName, now),
        sentence.level(),
        counts.sites(),
        counts.states(),
        counts.oldestGood(),
        next,
        needs,
        running(counts.open(), now),
        counts.tags(),
        demo,
        caller);
  }

  private List<AwayChannel> channels(Instant now) {
    List<AwayChannel> away = new ArrayList<>();
    for (ChannelState state : outbox.channelStates()) {
      Instant failing = state.notReachedSince(now);
      if (state.parked() > 0 || failing != null) {
        away.add(
            new AwayChannel(
                state.channel(),
                state.parked(),
                state.parked() > 0 ? state.parkedSince() : failing,
                state.lastError()));
      }
    }
    return away;
  }

  private List<AwayTrigger> triggers() {
    return triggers.triggers().stream()
        .filter(TriggerState::failing)
        .map(one -> new AwayTrigger(one.name(), one.since(), one.reason()))
        .toList();
  }

  private NeedsYou needsYou(
      Counts counts, List<AwayChannel> channels, List<AwayTrigger> triggers, Instant now) {
    Map<String, RunFailure> failures = status.failures(counts.first(), now);
    return new NeedsYou(
        counts.needing(),
        counts.first().stream().map(one -> needed(one, failures, now)).toList(),
        channels.stream().mapToInt(AwayChannel::parked).sum(),
        channels,
        triggers);
  }

  private static Case needed(SiteStanding one, Map<String, RunFailure> failures, Instant now) {
    Attention attention = Attention.of(one, failures, now);
    return new Case(
        one.site().name(),
        one.site().title(),
        one.state(now).word(),
        Attention.since(one, now),
        attention.reason(),
        attention.advice(),
        one.health().failedRun());
  }

  private List<OpenRun> running(List<SiteStanding> sites, Instant now) {
    if (sites.isEmpty()) {
      return List.of();
    }
    Map<String, SiteStanding> open = new HashMap<>();
    sites.forEach(one -> open.put(one.site().name(), one));
    List<RunView> shown = runs.open(open.keySet(), MAX_RUNS);
    Map<String, Month> months =
        standings.months(
            shown.stream().map(run -> open.get(run.site())).distinct().toList(),
            LocalDate.ofInstant(now, ZoneOffset.UTC));
    return shown.stream()
        .map(run -> new OpenRun(run, months.get(run.site()).usualMillis(), Waiting.of(run)))
        .toList();
  }
}
