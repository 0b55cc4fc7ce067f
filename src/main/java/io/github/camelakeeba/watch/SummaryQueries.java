package io.github.camelakeeba.watch;

import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.Waiting;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.store.Database;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** How everything stands, in one answer; throws when the store is unavailable. */
public final class SummaryQueries {
  private static final int MAX_CASES = 20;
  private static final int MAX_RUNS = 100;

  private final String node;
  private final boolean demo;
  private final StatusQueries status;
  private final SiteStandings standings;
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
    List<SiteStanding> sites =
        known.values().stream().filter(one -> visible.test(one.site().tags())).toList();
    Map<String, Integer> states = states(sites, now);
    List<AwayChannel> channels = all ? channels(now) : List.of();
    NeedsYou needs = needsYou(sites, channels, all ? triggers() : List.of(), now);
    SiteAt oldest = oldestGood(sites);
    SiteAt next = nextRun(sites, now);
    SummarySentence sentence =
        new SummarySentence(
            sites.size(),
            (int) sites.stream().filter(one -> !one.site().enabled()).count(),
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
        List.copyOf(tags(sites)),
        demo,
        caller);
  }

  private static boolean withoutGood(SiteStanding one) {
    return one.site().enabled() && one.lastGood() == null;
  }

  private static Map<String, Integer> states(List<SiteStanding> sites, Instant now) {
    Map<String, Integer> states = new LinkedHashMap<>();
    SiteState.words().forEach(word -> states.put(word, 0));
    for (SiteStanding one : sites) {
      SiteState state = one.state(now);
      if (state != SiteState.RUNNING) {
        states.merge(state.word(), 1, Integer::sum);
      } else { // these are good, or have had none yet
        SiteState standing = one.with(false).state(now);
        states.merge(standing.word(), 1, Integer::sum);
      }
      if (one.open()) {
        states.merge(SiteState.RUNNING.word(), 1, Integer::sum);
      }
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
      List<SiteStanding> sites,
      List<AwayChannel> channels,
      List<AwayTrigger> triggers,
      Instant now) {
    List<SiteStanding> needing =
        sites.stream()
            .filter(one -> one.site().enabled() && one.state(now).needsAttention())
            .toList();
    List<SiteStanding> first =
        needing.stream()
            .sorted(
                Comparator.<SiteStanding, SiteState>comparing(one -> one.state(now))
                    .thenComparing(one -> Attention.since(one, now))
                    .thenComparing(one -> one.site().name()))
            .limit(MAX_CASES)
            .toList();
    Map<String, RunFailure> failures = status.failures(first, now);
    return new NeedsYou(
        needing.size(),
        first.stream().map(one -> needed(one, failures, now)).toList(),
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

  private static SiteAt oldestGood(List<SiteStanding> sites) {
    return sites.stream()
        .filter(one -> one.site().enabled() && one.lastGood() != null)
        .min(Comparator.comparing(SiteStanding::lastGood))
        .map(one -> new SiteAt(one.site().name(), one.lastGood()))
        .orElse(null);
  }

  /** The spread, which takes longer to find, only of those that may be the next. */
  private SiteAt nextRun(List<SiteStanding> sites, Instant now) {
    SiteAt first = null;
    for (SiteStanding one : sites) {
      if (one.site().enabled() && !one.paused(now)) {
        Instant fire = status.next(one, now);
        if (fire != null && (first == null || fire.isBefore(first.at()))) {
          Instant start = status.start(one.site(), fire);
          first =
              first == null || start.isBefore(first.at())
                  ? new SiteAt(one.site().name(), start)
                  : first;
        }
      }
    }
    return first;
  }

  private static String displayName(Map<String, SiteStanding> known, SiteAt next) {
    return next == null ? null : known.get(next.site()).site().displayName();
  }

  private List<OpenRun> running(List<SiteStanding> sites, Instant now) {
    Map<String, SiteStanding> open = new HashMap<>();
    sites.stream().filter(SiteStanding::open).forEach(one -> open.put(one.site().name(), one));
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

  private static Set<String> tags(List<SiteStanding> sites) {
    Set<String> tags = new TreeSet<>();
    sites.forEach(one -> tags.addAll(one.site().tags()));
    return tags;
  }
}
