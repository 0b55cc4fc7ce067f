package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.run.store.SiteHealthStore.SiteProof;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sites that have had no good backup for too long. */
public final class OverdueSites {
  private final Configuration configuration;
  private final ScheduleCalculator schedules;
  private final SiteHealthStore healthStore;
  private final SitePauses pauses;
  private final Clock clock;

  public OverdueSites(
      Configuration configuration,
      ScheduleCalculator schedules,
      SiteHealthStore healthStore,
      SitePauses pauses,
      Clock clock) {
    this.configuration = configuration;
    this.schedules = schedules;
    this.healthStore = healthStore;
    this.pauses = pauses;
    this.clock = clock;
  }

  /** Names without a good backup for too long, and how many sites failed in their last backup. */
  public record OverdueSummary(List<String> overdue, int failing) {}

  /** {@code lastGoodAt} null: there is none yet, or it is gone; {@code size} null: not known. */
  public record WatchedSite(
      String site,
      Instant lastGoodAt,
      Long size,
      boolean overdue,
      boolean failing,
      boolean paused) {}

  /** How the restore tests of the watched sites that have some stand, by name. */
  public Map<String, SiteProof> proofs() {
    return healthStore.proofs();
  }

  /** Throws when the store is unavailable. */
  public OverdueSummary summary() {
    List<WatchedSite> watched = watched();
    return new OverdueSummary(
        watched.stream().filter(WatchedSite::overdue).map(WatchedSite::site).toList(),
        (int) watched.stream().filter(WatchedSite::failing).count());
  }

  /** All watched sites, by name; throws when the store is unavailable. */
  public List<WatchedSite> watched() {
    Map<String, List<SitePause>> paused = pauses.sinceLastGood();
    Set<String> pausedNow = pauses.current().keySet();
    return healthStore.watched().stream()
        .map(
            one ->
                new WatchedSite(
                    one.site(),
                    one.goneAt() == null ? one.lastGoodAt() : null,
                    one.lastGoodSize(),
                    isOverdue(one, paused.getOrDefault(one.site(), List.of())),
                    one.failures() > 0,
                    pausedNow.contains(one.site())))
        .toList();
  }

  /** Those that are overdue and not reported yet, by name. */
  List<SiteHealth> unreported() {
    Map<String, List<SitePause>> paused = pauses.sinceLastGood();
    return healthStore.watched().stream()
        .filter(health -> health.missedAt() == null)
        .filter(health -> isOverdue(health, paused.getOrDefault(health.site(), List.of())))
        .toList();
  }

  /** By the pauses as they are now. */
  boolean isOverdue(SiteHealth health) {
    return isOverdue(health, pauses.sinceLastGood(health.site()));
  }

  /**
   * Whether it is, which one that is reported stays while it is paused; and so is one whose last
   * good backup is gone, however young that was.
   *
   * @param paused of the site since its last good backup, in their order
   */
  boolean isOverdue(SiteHealth health, List<SitePause> paused) {
    if (health.goneAt() != null) {
      Site site = configuration.sites().get(health.site());
      return site != null && site.enabled();
    }
    Duration after = overdueAfter(health);
    if (after == null || health.missedAt() != null) {
      return after != null;
    }
    Instant now = clock.instant();
    // without pauses it is due at the earliest; most sites need no look at their schedule
    if (health.since().plus(after).isAfter(now)) {
      return false;
    }
    Instant due = dueAt(health, paused);
    return due != null && !due.isAfter(now);
  }

  /**
   * By when the next good backup of this watched site must have ended; null: it need not, or not
   * until the site is resumed. The time of a pause does not count; and where a pause has skipped
   * fires, the first one after it has as long as the first that was skipped would have had, since a
   * pause that ends before a fire must not be followed by an alarm.
   *
   * @param paused of the site since its last good backup, in their order
   */
  Instant dueAt(SiteHealth health, List<SitePause> paused) {
    Duration after = overdueAfter(health);
    if (after == null) {
      return null;
    }
    Site site = configuration.sites().get(health.site());
    if (site == null) {
      return null; // taken out since
    }
    Instant due = health.since().plus(after);
    for (SitePause pause : paused) {
      boolean before = pause.until() != null && !pause.until().isAfter(health.since());
      if (!before && pause.since().isBefore(due)) {
        if (pause.until() == null) {
          return null;
        }
        Instant from = later(pause.since(), health.since());
        Duration length = Duration.between(from, pause.until());
        Duration skipped = skipped(site, from, pause.until());
        due = due.plus(length.compareTo(skipped) >= 0 ? length : skipped);
      }
    }
    return due;
  }

  /** From the first fire of this time to the first one after it; zero where there is none. */
  private Duration skipped(Site site, Instant from, Instant until) {
    Instant first = fire(site, from);
    Instant next = first == null || !first.isBefore(until) ? null : fire(site, until);
    return next == null ? Duration.ZERO : Duration.between(first, next);
  }

  /** The first one from then on; not by the calculator's cache, which holds the next ones. */
  private Instant fire(Site site, Instant from) {
    List<Instant> next = schedules.next(site, from.minusMillis(1), 1);
    return next.isEmpty() ? null : next.get(0);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private Duration overdueAfter(SiteHealth health) {
    Site site = configuration.sites().get(health.site());
    return site == null || !site.enabled() ? null : schedules.overdueAfter(site, clock.instant());
  }
}
