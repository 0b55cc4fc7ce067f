package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Standing;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Schedules;
import io.github.camelakeeba.site.Site;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Knows the sites that have no good backup for too long. */
public final class Overdue {
  private final Configuration configuration;
  private final Schedules schedules;
  private final Standings standings;
  private final Clock clock;

  /** Of the sites of this configuration, as the store knows them. */
  public Overdue(
      Configuration configuration, Schedules schedules, Standings standings, Clock clock) {
    this.configuration = configuration;
    this.schedules = schedules;
    this.standings = standings;
    this.clock = clock;
  }

  /**
   * Watched sites in trouble.
   *
   * @param overdue the names of those without a good backup for too long
   * @param failing how many failed when they were backed up last
   */
  public record Trouble(List<String> overdue, int failing) {}

  /**
   * A watched site.
   *
   * @param lastGoodAt null: there is no good backup yet
   * @param overdue whether it has none for too long
   * @param failing whether its last backup failed
   */
  public record Watched(String site, Instant lastGoodAt, boolean overdue, boolean failing) {}

  /** The sites in trouble; asks once, and throws when the store is away. */
  public Trouble trouble() {
    List<Watched> watched = watched();
    return new Trouble(
        watched.stream().filter(Watched::overdue).map(Watched::site).toList(),
        (int) watched.stream().filter(Watched::failing).count());
  }

  /** All watched sites, by name; asks once, and throws when the store is away. */
  public List<Watched> watched() {
    return standings.watched().stream()
        .map(one -> new Watched(one.site(), one.lastGoodAt(), is(one), one.failures() > 0))
        .toList();
  }

  /** Whether a good backup of this watched site is overdue. */
  boolean is(Standing standing) {
    Instant due = dueAt(standing);
    return due != null && (standing.missedAt() != null || !due.isAfter(clock.instant()));
  }

  /** By when the next good backup of this watched site must have ended; null: it need not. */
  Instant dueAt(Standing standing) {
    Site site = configuration.sites().get(standing.site());
    if (site == null || !site.enabled()) {
      return null;
    }
    Duration after = schedules.overdueAfter(site, clock.instant());
    return after == null ? null : standing.since().plus(after);
  }
}
