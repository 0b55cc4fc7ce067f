package io.github.camelakeeba.watch;

import io.github.camelakeeba.pause.SitePause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a summary counts of each site. It is worked out again only for the sites that stand
 * otherwise, and where time alone has changed it: a pause is over, a backup has become overdue, a
 * schedule has fired. Thread-safe.
 */
final class SiteOutlooks {
  private final StatusQueries status;
  private volatile List<Outlook> last = List.of();

  SiteOutlooks(StatusQueries status) {
    this.status = status;
  }

  /**
   * A site from one instant until another.
   *
   * @param ended its state if no run of it were open
   * @param needsYou whether a person should look at it
   * @param nextStart when its schedule starts the next backup; null: it does not
   * @param until exclusive; null: until something is written
   */
  record Outlook(
      SiteStanding standing,
      SiteState ended,
      boolean needsYou,
      Instant nextStart,
      Instant from,
      Instant until) {
    boolean enabled() {
      return standing.site().enabled();
    }

    private boolean holds(SiteStanding one, Instant now) {
      return standing == one && !now.isBefore(from) && (until == null || now.isBefore(until));
    }
  }

  /** Of all these sites, in their order. */
  List<Outlook> at(Collection<SiteStanding> sites, Instant now) {
    List<Outlook> before = last;
    List<Outlook> outlooks = new ArrayList<>(sites.size());
    for (SiteStanding one : sites) {
      int place = outlooks.size();
      Outlook known = place < before.size() ? before.get(place) : null;
      outlooks.add(known != null && known.holds(one, now) ? known : outlook(one, now));
    }
    last = outlooks;
    return outlooks;
  }

  private Outlook outlook(SiteStanding one, Instant now) {
    boolean due = one.site().enabled() && !one.paused(now);
    Instant fire = due ? status.next(one, now) : null;
    Instant until = fire;
    if (!one.overdue(now)) {
      until = earlier(until, one.dueAt());
    }
    for (SitePause pause : one.pauses()) {
      if (pause.lastsAt(now)) {
        until = earlier(until, pause.until());
      }
    }
    return new Outlook(
        one,
        one.with(false).state(now),
        one.site().enabled() && one.state(now).needsAttention(),
        status.start(one.site(), fire),
        now,
        until);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one == null || other != null && other.isBefore(one) ? other : one;
  }
}
