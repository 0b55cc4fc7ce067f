package io.github.camelakeeba.inspection;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Variable;

/** The bean {@code backup-gone-backups}: reports a last good backup that is not there any more. */
public final class GoneBackups {
  private final Configuration configuration;
  private final SiteHealthStore healths;
  private final BackupEventFactory events;
  private final NotificationRouter recipients;
  private final Outbox outbox;
  private final Clock clock;

  public GoneBackups(
      Configuration configuration,
      Database database,
      BackupEventFactory events,
      NotificationRouter recipients,
      Outbox outbox,
      Clock clock) {
    this.configuration = configuration;
    this.healths = new SiteHealthStore(database);
    this.events = events;
    this.recipients = recipients;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Records that the site is missed for that, and puts its event on its way; joins the transaction.
   * A site that was reported as missed before gets no second message, only the new reason. False
   * when another node was first, or the site has changed since.
   */
  public boolean report(@Variable("backup-inspection") Inspection inspection) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    SiteHealth health = inspection.health().missing(inspection.gone());
    Site site = configuration.sites().get(health.site());
    boolean first = site != null && healths.markGone(health, now);
    if (first && health.missedAt() == null) {
      Event event = events.gone(site, health, now);
      outbox.enqueueEntry(new OutboxEntry(event, recipients.recipients(event, null)));
    }
    return first;
  }
}
