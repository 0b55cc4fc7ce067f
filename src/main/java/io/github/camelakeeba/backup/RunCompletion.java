package io.github.camelakeeba.backup;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.store.RunRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** In which state a run ends, and what is written then. */
public final class RunCompletion {
  private final RunRepository store;
  private final OutcomeEvents events;
  private final NotificationRouter recipients;
  private final Outbox outbox;
  private final RunListener listener;
  private final Clock clock;

  /** Recipients come from the configuration; runs are measured by this clock. */
  public RunCompletion(
      RunRepository store,
      OutcomeEvents events,
      NotificationRouter recipients,
      Outbox outbox,
      RunListener listener,
      Clock clock) {
    this.store = store;
    this.events = events;
    this.recipients = recipients;
    this.outbox = outbox;
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

  /** The site's health before this run; what the run makes of it is written. */
  public SiteHealth siteHealth(@Body Run run) {
    return store.siteEnded(run);
  }

  /** Writes the end of the run; throws {@link ClaimLostException} when it is not this node's. */
  public void complete(@Body Run run, @Variable("backup-event") Event event) {
    store.writeEnd(run, event);
  }

  /** The transaction in which the run in the body ends, with its times by the wall clock. */
  public void inTransaction(Exchange exchange, Runnable steps) {
    Run run = store.toWallTime(exchange.getMessage().getBody(Run.class));
    store.end(
        run,
        () -> {
          exchange.getMessage().setBody(run);
          steps.run();
        });
    listener.ended(run);
  }

  /** Ends a run that has failed, without the routes; it was only just taken from the store. */
  Run fail(Run failed) {
    Run run = store.toWallTime(decideState(failed));
    store.end(
        run,
        () -> {
          SiteHealth before = store.siteEnded(run);
          Event event = events.failed(run, null, before);
          store.writeEnd(run, event);
          outbox.enqueueEntry(new OutboxEntry(event, recipients.recipients(event, before)));
        });
    listener.ended(run);
    return run;
  }

  /** The same of one that nobody works on. */
  Run endStopped(Run stored) {
    return fail(store.toSteadyTime(stored));
  }
}
