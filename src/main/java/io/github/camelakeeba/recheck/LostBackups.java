package io.github.camelakeeba.recheck;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.store.SiteHealthStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A site whose last good backup is lost is missed, whenever the next one is due. */
public final class LostBackups implements RecheckReports.LastGoodBackup {
  private final SiteHealthStore health;
  private final BackupEventFactory events;
  private final NotificationRouter rules;
  private final Outbox outbox;

  public LostBackups(
      SiteHealthStore health, BackupEventFactory events, NotificationRouter rules, Outbox outbox) {
    this.health = health;
    this.events = events;
    this.rules = rules;
    this.outbox = outbox;
  }

  @Override
  public boolean reportLost(Site site, String reason, Instant now) {
    Instant time = now.truncatedTo(ChronoUnit.MILLIS);
    SiteHealth before = health.lock(site.name(), time);
    boolean first = health.markMissed(before, time);
    if (first) {
      Event event = events.missed(site, before, time);
      outbox.enqueueEntry(new OutboxEntry(event, rules.recipients(event, null)));
    }
    return first;
  }

  @Override
  public boolean reportFound(Site site, Instant now) {
    return false;
  }
}
