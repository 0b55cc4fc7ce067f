package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.notify.Events;
import io.github.camelakeeba.notify.Standing;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The bean {@code backup-events}: the event of a run in each of its states. */
public final class OutcomeEvents {
  private final Events events;
  private final RunStore store;

  /** The store tells times by the wall clock. */
  public OutcomeEvents(Events events, RunStore store) {
    this.events = events;
    this.store = store;
  }

  /** The site has begun the backup. */
  public Event started(@Body Run run) {
    return events.of(store.told(run), "started");
  }

  /** A good backup; {@code kept} is its archive here, or null. */
  public Event completed(@Body Run run, @Variable("backup-kept") KeptArchive kept) {
    return events.of(run, "completed", downloaded(kept));
  }

  /** A good backup with warnings. */
  public Event warning(@Body Run run, @Variable("backup-kept") KeptArchive kept) {
    return events.of(run, "warning", downloaded(kept));
  }

  /** No good backup; {@code before} is the site's health without this run. */
  public Event failed(
      @Body Run run,
      @Variable("backup-kept") KeptArchive kept,
      @Variable("backup-site-health") Standing before) {
    return events
        .of(run, "failed", downloaded(kept))
        .standing(before.lastGoodAt(), null, before.failures() + 1);
  }

  /** The first good backup of a site that had failed or was overdue. */
  public Event recovered(
      @Body Run run,
      @Variable("backup-kept") KeptArchive kept,
      @Variable("backup-site-health") Standing before) {
    return events.recovered(run, before, downloaded(kept));
  }

  private static List<String> downloaded(KeptArchive kept) {
    return kept == null ? List.of() : kept.paths();
  }
}
