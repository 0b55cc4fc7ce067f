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

  /** The sites in trouble; asks once, and throws when the store is away. */
  public Trouble trouble() {
    List<Standing> watched = standings.watched();
    return new Trouble(
        watched.stream().filter(this::is).map(Standing::site).toList(),
        (int) watched.stream().filter(one -> one.failures() > 0).count());
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
