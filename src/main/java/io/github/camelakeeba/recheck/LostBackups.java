package io.github.camelakeeba.recheck;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.store.SiteHealthStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A site whose last good backup is lost is missed, whenever the next one is due. */
public final class LostBackups implements RecheckReports.LastGoodBackup {
  private final SiteHealthStore health;
  private final EventSource source;
  private final BackupEventFactory events;
  private final NotificationRouter rules;
  private final Outbox outbox;

  public LostBackups(
      SiteHealthStore health,
      EventSource source,
      BackupEventFactory events,
      NotificationRouter rules,
      Outbox outbox) {
    this.health = health;
    this.source = source;
    this.events = events;
    this.rules = rules;
    this.outbox = outbox;
  }

  @Override
  public boolean reportLost(Site site, String reason, Instant now) {
    Instant time = now.truncatedTo(ChronoUnit.MILLIS);
    SiteHealth before =
        health
            .lock(site.name(), time)
            .missing(new Event.Error(ErrorKind.VERIFICATION.word(), reason));
    boolean first = before.lastGoodAt() != null && health.markGone(before, time);
    if (first && before.missedAt() == null) {
      publish(events.gone(site, before, time));
    }
    // what was missed before is not reported again: then a warning says it
    return first && before.missedAt() == null;
  }

  @Override
  public boolean reportFound(Event.Data recovered, Instant now) {
    Instant time = now.truncatedTo(ChronoUnit.MILLIS);
    String site = recovered.site();
    SiteHealth before = health.lock(site, time);
    boolean found = before.goneAt() != null && health.markFound(before);
    if (found) {
      publish(
          BackupEventFactory.event(
                  source, site + "/recovered/archive/" + time, site, time, recovered)
              .withSiteHealth(
                  before.lastGoodAt(),
                  Math.max(0, Duration.between(before.goneAt(), time).toMillis()),
                  before.failures()));
    }
    return found;
  }

  private void publish(Event event) {
    // whoever hears of what is missed hears of its end
    outbox.enqueueEntry(new OutboxEntry(event, rules.recipientsOf(event, true, event.time())));
  }
}
