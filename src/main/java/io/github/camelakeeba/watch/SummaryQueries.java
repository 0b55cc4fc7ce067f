package io.github.camelakeeba.watch;

import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.Waiting;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.watch.SiteOutlooks.Outlook;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/** How everything stands, in one answer; throws when the store is unavailable. */
public final class SummaryQueries {
  private static final int MAX_CASES = 20;
  private static final int MAX_RUNS = 100;

  private final String node;
  private final boolean demo;
  private final StatusQueries status;
  private final SiteStandings standings;
  private final SiteOutlooks outlooks;
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
    this.outlooks = new SiteOutlooks(status);
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
    List<Outlook> sites =
        outlooks.at(known.values(), now).stream()
            .filter(one -> visible.test(one.standing().site().tags()))
            .toList();
    Map<String, Integer> states = states(sites);
    List<AwayChannel> channels = all ? channels(now) : List.of();
    NeedsYou needs = needsYou(sites, channels, all ? triggers() : List.of(), now);
    SiteAt oldest = oldestGood(sites);
    SiteAt next = nextRun(sites);
    SummarySentence sentence =
        new SummarySentence(
            sites.size(),
            (int) sites.stream().filter(one -> !one.enabled()).count(),
            (int) sites.stream().filter(SummaryQueries::withoutGood).count(),
            states,
            needs,
            database.availability().unavailable());
    return new Summary(
        now,
        node,
        sentence.text() + sentence.times(oldest, next, displayName(known, next), now),
        sentence.level(),
        sites.size(),
        states,
        oldest,
        next,
        needs,
        running(sites, now),
        tags(sites),
        demo,
        caller);
  }

  private static boolean withoutGood(Outlook one) {
    return one.enabled() && one.standing().lastGood() == null;
  }

  /** One with an open run counts twice: by its standing, and as running. */
  private static Map<String, Integer> states(List<Outlook> sites) {
    int[] counts = new int[SiteState.values().length];
    for (Outlook one : sites) {
      counts[one.ended().ordinal()]++;
      if (one.standing().open()) {
        counts[SiteState.RUNNING.ordinal()]++;
      }
    }
    Map<String, Integer> states = new LinkedHashMap<>();
    for (SiteState state : SiteState.values()) {
      states.put(state.word(), counts[state.ordinal()]);
    }
    return states;
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
      List<Outlook> sites, List<AwayChannel> channels, List<AwayTrigger> triggers, Instant now) {
    List<SiteStanding> needing =
        sites.stream().filter(Outlook::needsYou).map(Outlook::standing).toList();
    List<SiteStanding> first = first(needing, now);
    Map<String, RunFailure> failures = status.failures(first, now);
    return new NeedsYou(
        needing.size(),
        first.stream().map(one -> needed(one, failures, now)).toList(),
        channels.stream().mapToInt(AwayChannel::parked).sum(),
        channels,
        triggers);
  }

  private static List<SiteStanding> first(List<SiteStanding> needing, Instant now) {
    Comparator<SiteStanding> order =
        Comparator.<SiteStanding, SiteState>comparing(one -> one.state(now))
            .thenComparing(one -> Attention.since(one, now))
            .thenComparing(one -> one.site().name());
    PriorityQueue<SiteStanding> first = new PriorityQueue<>(order.reversed());
    for (SiteStanding one : needing) { // a night in which all fail need not be sorted as a whole
      if (first.size() < MAX_CASES) {
        first.add(one);
      } else if (order.compare(one, first.peek()) < 0) {
        first.poll();
        first.add(one);
      }
    }
    return first.stream().sorted(order).toList();
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

  private static SiteAt oldestGood(List<Outlook> sites) {
    return sites.stream()
        .filter(one -> one.enabled() && one.standing().lastGood() != null)
        .map(Outlook::standing)
        .min(Comparator.comparing(SiteStanding::lastGood))
        .map(one -> new SiteAt(one.site().name(), one.lastGood()))
        .orElse(null);
  }

  private static SiteAt nextRun(List<Outlook> sites) {
    return sites.stream()
        .filter(one -> one.nextStart() != null)
        .min(Comparator.comparing(Outlook::nextStart))
        .map(one -> new SiteAt(one.standing().site().name(), one.nextStart()))
        .orElse(null);
  }

  private static String displayName(Map<String, SiteStanding> known, SiteAt next) {
    return next == null ? null : known.get(next.site()).site().displayName();
  }

  private List<OpenRun> running(List<Outlook> sites, Instant now) {
    Map<String, SiteStanding> open = new HashMap<>();
    for (Outlook one : sites) {
      if (one.standing().open()) {
        open.put(one.standing().site().name(), one.standing());
      }
    }
    if (open.isEmpty()) {
      return List.of();
    }
    List<RunView> shown = runs.open(open.keySet(), MAX_RUNS);
    Map<String, Month> months =
        standings.months(
            shown.stream().map(run -> open.get(run.site())).distinct().toList(),
            LocalDate.ofInstant(now, ZoneOffset.UTC));
    return shown.stream()
        .map(run -> new OpenRun(run, months.get(run.site()).usualMillis(), Waiting.of(run)))
        .toList();
  }

  private static List<String> tags(List<Outlook> sites) {
    Set<String> tags = new HashSet<>();
    sites.forEach(one -> tags.addAll(one.standing().site().tags()));
    return tags.stream().sorted().toList();
  }
}
