package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.store.SiteHealthStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The sites that have had no good backup for too long. */
public final class OverdueSites {
  private final Configuration configuration;
  private final ScheduleCalculator schedules;
  private final SiteHealthStore healthStore;
  private final Clock clock;

  public OverdueSites(
      Configuration configuration,
      ScheduleCalculator schedules,
      SiteHealthStore healthStore,
      Clock clock) {
    this.configuration = configuration;
    this.schedules = schedules;
    this.healthStore = healthStore;
    this.clock = clock;
  }

  /** Names without a good backup for too long, and how many sites failed in their last backup. */
  public record OverdueSummary(List<String> overdue, int failing) {}

  /** {@code lastGoodAt} null: there is no good backup yet; {@code size} null: not known. */
  public record WatchedSite(
      String site, Instant lastGoodAt, Long size, boolean overdue, boolean failing) {}

  /** One query; throws when the store is unavailable. */
  public OverdueSummary summary() {
    List<WatchedSite> watched = watched();
    return new OverdueSummary(
        watched.stream().filter(WatchedSite::overdue).map(WatchedSite::site).toList(),
        (int) watched.stream().filter(WatchedSite::failing).count());
  }

  /** All watched sites, by name; one query, throws when the store is unavailable. */
  public List<WatchedSite> watched() {
    return healthStore.watched().stream()
        .map(
            one ->
                new WatchedSite(
                    one.site(),
                    one.lastGoodAt(),
                    one.lastGoodSize(),
                    isOverdue(one),
                    one.failures() > 0))
        .toList();
  }

  boolean isOverdue(SiteHealth health) {
    Instant due = dueAt(health);
    return due != null && (health.missedAt() != null || !due.isAfter(clock.instant()));
  }

  /** By when the next good backup of this watched site must have ended; null: it need not. */
  Instant dueAt(SiteHealth health) {
    Site site = configuration.sites().get(health.site());
    if (site == null || !site.enabled()) {
      return null;
    }
    Duration after = schedules.overdueAfter(site, clock.instant());
    return after == null ? null : health.since().plus(after);
  }
}
