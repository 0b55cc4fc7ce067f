package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.notify.text.MessageRenderer;
import io.github.camelakeeba.run.store.RunQueries;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** What the texts of messages ask the rest of the product. */
final class MessageRendererFactory {
  /** So many cells fit on a phone beside each other. */
  private static final int HISTORY_LENGTH = 14;

  private MessageRendererFactory() {}

  /** Texts by the home's templates, with the sites' next and last runs. */
  static MessageRenderer of(
      Home home,
      Configuration configuration,
      ScheduleCalculator schedules,
      RunQueries runs,
      Clock clock) {
    return new MessageRenderer(
        home.folder(),
        configuration.sites(),
        name -> next(configuration.sites().get(name), schedules, clock),
        name -> runs.lastEnded(name, HISTORY_LENGTH));
  }

  private static Optional<Instant> next(Site site, ScheduleCalculator schedules, Clock clock) {
    return site == null || !site.enabled()
        ? Optional.empty()
        : Optional.ofNullable(schedules.next(site, clock.instant()));
  }
}
