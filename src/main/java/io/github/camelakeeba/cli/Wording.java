package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Texts;
import io.github.camelakeeba.run.Runs;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Schedules;
import io.github.camelakeeba.site.Site;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** What the texts of messages ask the rest of the product. */
final class Wording {
  /** So many cells fit on a phone beside each other. */
  private static final int PAST = 14;

  private Wording() {}

  /** Texts by the home's templates, with the sites' next and last runs. */
  static Texts of(
      Home home, Configuration configuration, Schedules schedules, Runs runs, Clock clock) {
    return new Texts(
        home.folder(),
        configuration.sites(),
        name -> next(configuration.sites().get(name), schedules, clock),
        name -> runs.last(name, PAST));
  }

  private static Optional<Instant> next(Site site, Schedules schedules, Clock clock) {
    return site == null || !site.enabled()
        ? Optional.empty()
        : Optional.ofNullable(schedules.next(site, clock.instant()));
  }
}
