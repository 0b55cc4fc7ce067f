package io.github.camelakeeba.backup;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunRepository;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The event of a run in each of its states. */
public final class OutcomeEvents {
  private final BackupEventFactory events;
  private final RunRepository store;

  /** The store tells times by the wall clock. */
  public OutcomeEvents(BackupEventFactory events, RunRepository store) {
    this.events = events;
    this.store = store;
  }

  /** The site has begun the backup. */
  public Event started(@Body Run run) {
    return events.of(store.toWallTime(run), "started");
  }

  /** A good backup; {@code kept} is its archive here, or null. */
  public Event completed(@Body Run run, @Variable("backup-stored-archive") StoredArchive kept) {
    return events.of(run, "completed", downloaded(kept));
  }

  /** A good backup with warnings. */
  public Event warning(@Body Run run, @Variable("backup-stored-archive") StoredArchive kept) {
    return events.of(run, "warning", downloaded(kept));
  }

  /** No good backup; {@code before} is the site's health without this run. */
  public Event failed(
      @Body Run run,
      @Variable("backup-stored-archive") StoredArchive kept,
      @Variable("backup-site-health") SiteHealth before) {
    return events
        .of(run, "failed", downloaded(kept))
        .withSiteHealth(before.lastGoodAt(), null, before.failures() + 1);
  }

  /** The first good backup of a site that had failed or was overdue. */
  public Event recovered(
      @Body Run run,
      @Variable("backup-stored-archive") StoredArchive kept,
      @Variable("backup-site-health") SiteHealth before) {
    return events.recovered(run, before, downloaded(kept));
  }

  private static List<String> downloaded(StoredArchive kept) {
    return kept == null ? List.of() : kept.paths();
  }
}
