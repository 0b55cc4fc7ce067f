package io.github.camelakeeba.watch;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which sites stand otherwise than at the question before, whichever node has changed it; by time
 * alone, too: a pause ends, or a backup becomes overdue. Not thread-safe.
 */
public final class StandingChanges {
  private final StatusQueries status;
  private final Clock clock;
  private Map<String, SiteStanding> known; // null: nobody has asked yet
  private Instant knownAt;

  public StandingChanges(StatusQueries status, Clock clock) {
    this.status = status;
    this.clock = clock;
  }

  /**
   * The sites that have changed, as lists show them; none at the first question. Throws when the
   * store is unavailable: the next question tells of the same changes then.
   *
   * @return empty: more than {@code most} have, or a reload has taken sites away, of which there is
   *     nothing to show: who keeps a list reads it anew
   */
  public Optional<List<ListedSite>> next(int most) {
    Instant now = clock.instant();
    Map<String, SiteStanding> sites = status.standings().now();
    List<SiteStanding> changed = known == null ? List.of() : changed(sites, now);
    boolean gone = known != null && known != sites && !sites.keySet().containsAll(known.keySet());
    Optional<List<ListedSite>> told =
        gone || changed.size() > most ? Optional.empty() : Optional.of(status.listed(changed, now));
    known = sites;
    knownAt = now;
    return told;
  }

  private List<SiteStanding> changed(Map<String, SiteStanding> sites, Instant now) {
    List<SiteStanding> changed = new ArrayList<>();
    for (SiteStanding one : sites.values()) {
      SiteStanding before = sites == known ? one : known.get(one.site().name());
      if (before == null
          || one != before && !one.equals(before)
          || one.state(now) != before.state(knownAt)) {
        changed.add(one);
      }
    }
    return changed;
  }
}
