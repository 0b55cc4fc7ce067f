package io.github.camelakeeba.watch;

import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.watch.Summary.SiteAt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Counts sites for the summary. What it found is kept until a site stands otherwise or time alone
 * changes it: a pause is over, a backup has become overdue, a schedule has fired. Thread-safe.
 */
final class SiteCounter {
  private final StatusQueries status;
  private final int mostFirst;
  private volatile Outlooks last = new Outlooks(Map.of(), List.of(), null, null, null);

  /**
   * For the sites of this status.
   *
   * @param mostFirst how many of those that need a person are named
   */
  SiteCounter(StatusQueries status, int mostFirst) {
    this.status = status;
    this.mostFirst = mostFirst;
  }

  /**
   * What there is of some sites.
   *
   * @param off are switched off
   * @param withoutGood are enabled and have no good backup at all
   * @param notProved are enabled, and a restore did not prove their backup, or none has for long
   * @param states by the state's word; one with an open run counts by its standing and as running
   * @param needing how many need a person
   * @param first the first of them, the worst and the longest first
   * @param oldestGood of the enabled sites, or null
   * @param nextRun which schedule starts a backup next, with its delay; null: none
   * @param open those with a run that is queued or running
   */
  record Counts(
      int sites,
      int off,
      int withoutGood,
      int notProved,
      Map<String, Integer> states,
      int needing,
      List<SiteStanding> first,
      SiteAt oldestGood,
      SiteAt nextRun,
      List<SiteStanding> open,
      List<String> tags) {}

  /**
   * A site from one instant until another, exclusive; null: until something is written.
   *
   * @param ended its state if no run of it were open
   * @param nextStart null: no schedule starts a backup
   */
  private record Outlook(
      SiteStanding standing,
      boolean enabled,
      boolean open,
      SiteState ended,
      boolean needing,
      Instant lastGood,
      Instant nextStart,
      Instant from,
      Instant until) {
    boolean holds(Instant now) {
      return SiteCounter.holds(from, until, now);
    }

    SiteAt at(Instant instant) {
      return new SiteAt(standing.site().name(), instant);
    }
  }

  /**
   * Those of all sites, in their order.
   *
   * @param counts of all; null: nobody has asked
   */
  private record Outlooks(
      Map<String, SiteStanding> sites,
      List<Outlook> all,
      Instant from,
      Instant until,
      Counts counts) {
    boolean hold(Map<String, SiteStanding> now, Instant at) {
      return sites == now && from != null && SiteCounter.holds(from, until, at);
    }
  }

  private static boolean holds(Instant from, Instant until, Instant now) {
    return !now.isBefore(from) && (until == null || now.isBefore(until));
  }

  /** Of all these sites. */
  Counts all(Map<String, SiteStanding> sites, Instant now) {
    Outlooks outlooks = outlooks(sites, now);
    if (outlooks.counts != null) {
      return outlooks.counts;
    }
    Counts counts = count(outlooks.all, now);
    last = new Outlooks(sites, outlooks.all, outlooks.from, outlooks.until, counts);
    return counts;
  }

  /** Of those of these sites that are visible by their tags. */
  Counts visible(
      Map<String, SiteStanding> sites, Predicate<Collection<String>> visible, Instant now) {
    return count(
        outlooks(sites, now).all.stream()
            .filter(one -> visible.test(one.standing.site().tags()))
            .toList(),
        now);
  }

  private Outlooks outlooks(Map<String, SiteStanding> sites, Instant now) {
    Outlooks before = last;
    if (before.hold(sites, now)) {
      return before;
    }
    List<Outlook> all = new ArrayList<>(sites.size());
    Instant from = Instant.MIN;
    Instant until = null;
    for (SiteStanding one : sites.values()) {
      Outlook known = all.size() < before.all.size() ? before.all.get(all.size()) : null;
      Outlook outlook =
          known != null && known.standing == one && known.holds(now) ? known : outlook(one, now);
      all.add(outlook);
      from = outlook.from.isAfter(from) ? outlook.from : from;
      until = earlier(until, outlook.until);
    }
    last = new Outlooks(sites, all, from, until, null);
    return last;
  }

  private Outlook outlook(SiteStanding one, Instant now) {
    boolean due = one.site().enabled() && !one.paused(now);
    Instant fire = due ? status.next(one, now) : null;
    Instant until = one.overdue(now) ? fire : earlier(fire, one.dueAt());
    for (SitePause pause : one.pauses()) {
      if (pause.lastsAt(now)) {
        until = earlier(until, pause.until());
      }
    }
    return new Outlook(
        one,
        one.site().enabled(),
        one.open(),
        one.with(false).state(now),
        one.site().enabled() && one.state(now).needsAttention(),
        one.lastGood(),
        status.start(one.site(), fire),
        now,
        until);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one == null || other != null && other.isBefore(one) ? other : one;
  }

  private Counts count(List<Outlook> sites, Instant now) {
    int off = 0;
    int withoutGood = 0;
    int notProved = 0;
    int[] states = new int[SiteState.values().length];
    List<SiteStanding> needing = new ArrayList<>();
    List<SiteStanding> open = new ArrayList<>();
    Outlook oldest = null;
    Outlook next = null;
    for (Outlook one : sites) {
      states[one.ended.ordinal()]++;
      if (one.open) {
        states[SiteState.RUNNING.ordinal()]++;
        open.add(one.standing);
      }
      if (!one.enabled) {
        off++;
      } else if (one.lastGood == null) {
        withoutGood++;
      } else if (oldest == null || one.lastGood.isBefore(oldest.lastGood)) {
        oldest = one;
      }
      if (one.enabled && one.standing.notProved()) {
        notProved++;
      }
      if (one.needing) {
        needing.add(one.standing);
      }
      if (one.nextStart != null && (next == null || one.nextStart.isBefore(next.nextStart))) {
        next = one;
      }
    }
    return new Counts(
        sites.size(),
        off,
        withoutGood,
        notProved,
        byWord(states),
        needing.size(),
        first(needing, now),
        oldest == null ? null : oldest.at(oldest.lastGood),
        next == null ? null : next.at(next.nextStart),
        open,
        tags(sites));
  }

  private static Map<String, Integer> byWord(int[] states) {
    Map<String, Integer> byWord = new LinkedHashMap<>();
    for (SiteState state : SiteState.values()) {
      byWord.put(state.word(), states[state.ordinal()]);
    }
    return Collections.unmodifiableMap(byWord);
  }

  /** A night in which all fail is not sorted as a whole. */
  private List<SiteStanding> first(List<SiteStanding> needing, Instant now) {
    Comparator<SiteStanding> order =
        Comparator.<SiteStanding, SiteState>comparing(one -> one.state(now))
            .thenComparing(one -> Attention.since(one, now))
            .thenComparing(one -> one.site().name());
    PriorityQueue<SiteStanding> first = new PriorityQueue<>(order.reversed());
    for (SiteStanding one : needing) {
      if (first.size() < mostFirst) {
        first.add(one);
      } else if (order.compare(one, first.peek()) < 0) {
        first.poll();
        first.add(one);
      }
    }
    return first.stream().sorted(order).toList();
  }

  private static List<String> tags(List<Outlook> sites) {
    Set<String> tags = new HashSet<>();
    sites.forEach(one -> tags.addAll(one.standing.site().tags()));
    return tags.stream().sorted().toList();
  }
}
