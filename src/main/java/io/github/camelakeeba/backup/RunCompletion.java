package io.github.camelakeeba.backup;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.store.RunRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** In which word a run ends, and who is told of it. */
public final class RunCompletion {
  private final RunRepository store;
  private final BackupEventFactory events;
  private final NotificationRouter recipients;
  private final RunListener listener;
  private final Clock clock;

  /** Events and recipients come from the configuration; runs are measured by this clock. */
  public RunCompletion(
      RunRepository store,
      BackupEventFactory events,
      NotificationRouter recipients,
      RunListener listener,
      Clock clock) {
    this.store = store;
    this.events = events;
    this.recipients = recipients;
    this.listener = listener;
    this.clock = clock;
  }

  /** The run with its terminal state: failed for whatever reason, else warning, else completed. */
  public Run decideState(@Body Run run) {
    RunState end =
        run.failure() != null
            ? RunState.FAILED
            : run.warnings().count() > 0 ? RunState.WARNING : RunState.COMPLETED;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // it may have begun on another node, whose clock goes ahead of ours
    boolean early = run.startedAt() != null && now.isBefore(run.startedAt());
    return run.ended(end, early ? run.startedAt() : now);
  }

  /** Writes the end of the run and what must be told of it. */
  public Run end(Run run) {
    return complete(run, null);
  }

  /** The same of one that this node has only just taken from the store. */
  Run endStopped(Run stored) {
    return end(decideState(store.toSteadyTime(stored)));
  }

  /** The same of one whose archive may be home. */
  public Run complete(@Body Run run, @Variable("backup-stored-archive") StoredArchive kept) {
    List<String> downloaded = kept == null ? List.of() : kept.paths();
    Run told = store.toWallTime(run);
    Run ended = store.end(told, before -> notifications(told, before, downloaded));
    listener.ended(ended);
    return ended;
  }

  /** How it ended; and when the site had failed or was overdue, that it has recovered. */
  private List<OutboxEntry> notifications(Run run, SiteHealth before, List<String> downloaded) {
    boolean good = run.state() != RunState.FAILED;
    Event outcome = events.of(run, run.state().word(), downloaded);
    List<OutboxEntry> posts = new ArrayList<>();
    posts.add(
        outboxEntry(
            good
                ? outcome
                : outcome.withSiteHealth(before.lastGoodAt(), null, before.failures() + 1),
            false));
    if (good && before.isUnhealthy()) {
      posts.add(outboxEntry(events.recovered(run, before, downloaded), before.missedAt() != null));
    }
    return posts;
  }

  private OutboxEntry outboxEntry(Event event, boolean missed) {
    return new OutboxEntry(event, recipients.recipientsOf(event, missed, event.time()));
  }

  /** Writes the first checkpoint of a started run and what must be told of it. */
  public Run recordStarted(@Body Run run) {
    return store.recordStarted(
        run, outboxEntry(events.of(store.toWallTime(run), "started"), false));
  }
}
