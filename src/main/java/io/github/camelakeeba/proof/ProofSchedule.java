package io.github.camelakeeba.proof;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** When the restore tests of the sites are due, and for how long they have been wanted. */
public final class ProofSchedule {
  /** The first tests of so many sites at once have so much time each. */
  static final Duration PLACE_OF_ONE = Duration.ofMinutes(30);

  /** What could not be tested is tried again soon, and so is a newer backup after a bad one. */
  static final Duration RETRY = Duration.ofDays(1);

  private final Configuration configuration;
  private final Database database;
  private final ProofStore store;
  private final SitePauses pauses;
  private final Clock clock;

  public ProofSchedule(
      Configuration configuration, Database database, SitePauses pauses, Clock clock) {
    this.configuration = configuration;
    this.database = database;
    this.store = new ProofStore(database);
    this.pauses = pauses;
    this.clock = clock;
  }

  /**
   * Enters a test of each site that is due and has a good backup, and is neither switched off nor
   * paused; one of a site that has an open test already changes nothing. Gives how many.
   */
  public int enterDue() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    noteWanted(now);
    long tested = configuration.sites().values().stream().filter(ProofSchedule::scheduled).count();
    if (tested == 0) {
      return 0;
    }
    Set<String> paused = pauses.current().keySet();
    int entered = 0;
    for (ProofStanding standing : store.standings()) {
      Site site = configuration.sites().get(standing.site());
      if (site == null || !scheduled(site) || paused.contains(site.name())) {
        continue;
      }
      Instant due = due(standing, site.proof().restoreTest().every(), tested);
      if (due != null
          && !due.isAfter(now)
          && store.insert(
              site.name() + "@" + due, site.name(), null, "schedule", "schedule", now)) {
        entered++;
      }
    }
    return entered;
  }

  private static boolean scheduled(Site site) {
    RestoreTestSettings settings = site.proof().restoreTest();
    return site.enabled() && settings != null && settings.every() != null;
  }

  private static boolean wanted(Site site) {
    return site != null && site.enabled() && site.proof().isTested();
  }

  /**
   * Since when they are wanted is what their first test, and an overdue proof, are counted from.
   */
  private void noteWanted(Instant now) {
    for (ProofStanding standing : store.standings()) {
      boolean wanted = wanted(configuration.sites().get(standing.site()));
      if (wanted != (standing.since() != null)) {
        database.together(() -> store.setWanted(standing.site(), wanted ? now : null));
      }
    }
  }

  /**
   * When the next test of a site is due; null: not before it has a good backup. The first ones are
   * spread over {@code every}, or over half an hour a site where that is less, each site always at
   * the same place; the later ones stay as far apart.
   *
   * @param tested how many sites are tested
   */
  static Instant due(ProofStanding standing, Duration every, long tested) {
    if (standing.lastGoodAt() == null || standing.since() == null) {
      return null;
    }
    if (standing.at() == null) {
      Duration window = shorter(every, PLACE_OF_ONE.multipliedBy(tested));
      return standing
          .since()
          .plus(
              (long) (window.toMillis() * ScheduleCalculator.spreadFraction(standing.site())),
              ChronoUnit.MILLIS);
    }
    Duration retry = shorter(every, RETRY);
    return switch (Verdict.of(standing.verdict())) {
      case PROVED -> standing.at().plus(every);
      case UNTESTED -> standing.at().plus(retry);
      case UNPROVED ->
          standing.at().plus(standing.lastGoodAt().isAfter(standing.at()) ? retry : every);
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
