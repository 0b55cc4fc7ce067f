package io.github.camelakeeba.backup;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunRepository;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The event of a run in each of its states, and its rows of the outbox. */
public final class OutcomeEvents {
  private final BackupEventFactory events;
  private final RunRepository store;
  private final NotificationRouter router;
  private final Outbox outbox;

  public OutcomeEvents(
      BackupEventFactory events, RunRepository store, NotificationRouter router, Outbox outbox) {
    this.events = events;
    this.store = store;
    this.router = router;
    this.outbox = outbox;
  }

  /** A good backup; {@code stored} is its downloaded archive, or null. */
  public Event completed(@Body Run run, @Variable("backup-stored-archive") StoredArchive stored) {
    return events.of(run, "completed", files(stored), content(stored));
  }

  public Event warning(@Body Run run, @Variable("backup-stored-archive") StoredArchive stored) {
    return events.of(run, "warning", files(stored), content(stored));
  }

  /** No good backup; {@code before} is the site's health without this run. */
  public Event failed(
      @Body Run run,
      @Variable("backup-stored-archive") StoredArchive stored,
      @Variable("backup-site-health") SiteHealth before) {
    return events
        .of(run, "failed", files(stored), content(stored))
        .withSiteHealth(before.lastGoodAt(), null, before.failures() + 1);
  }

  /** A row of the outbox for each recipient of the event, by the rules; joins the transaction. */
  void publish(Event event, SiteHealth before) {
    outbox.enqueueEntry(entry(event, before));
  }

  private OutboxEntry entry(Event event, SiteHealth before) {
    return new OutboxEntry(event, router.recipients(event, before));
  }

  /** The first checkpoint of a backup that has started, together with its event. */
  public Run recordStarted(@Body Run run) {
    Event event = events.of(store.toWallTime(run), "started", List.of(), null);
    store.note(
        run,
        "started",
        "Started on the site: backup %s, record %s, profile %s"
            .formatted(
                run.backup().backupid(),
                run.backup().recordId() == null ? "unknown" : run.backup().recordId(),
                run.request().profile()));
    return store.recordStarted(run, outbox.rows(entry(event, null)));
  }

  /** The same of the first good backup of a site that had failed or was overdue. */
  public void publishRecovered(
      @Body Run run,
      @Variable("backup-stored-archive") StoredArchive stored,
      @Variable("backup-site-health") SiteHealth before) {
    publish(events.recovered(run, before, files(stored), content(stored)), before);
  }

  private static Event.Content content(StoredArchive stored) {
    return stored == null ? null : stored.content();
  }

  private static List<String> files(StoredArchive stored) {
    return stored == null ? List.of() : stored.paths();
  }
}
