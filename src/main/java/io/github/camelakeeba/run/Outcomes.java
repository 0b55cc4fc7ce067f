package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.notify.Outbox;
import io.github.camelakeeba.notify.Post;
import io.github.camelakeeba.notify.Recipients;
import io.github.camelakeeba.notify.Standing;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** The bean {@code backup-outcomes}: in which state a run ends, and what is written then. */
public final class Outcomes {
  private final RunStore store;
  private final OutcomeEvents events;
  private final Recipients recipients;
  private final Outbox outbox;
  private final RunListener listener;
  private final Clock clock;

  /** Recipients come from the configuration; runs are measured by this clock. */
  public Outcomes(
      RunStore store,
      OutcomeEvents events,
      Recipients recipients,
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
  public Run decide(@Body Run run) {
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
  public Standing siteHealth(@Body Run run) {
    return store.siteEnded(run);
  }

  /** Writes the end of the run; throws {@link LostRunException} when it is not this node's. */
  public void close(@Body Run run, @Variable("backup-event") Event event) {
    store.close(run, event);
  }

  /** The transaction in which the run in the body ends, with its times by the wall clock. */
  public void inTransaction(Exchange exchange, Runnable steps) {
    Run run = store.told(exchange.getMessage().getBody(Run.class));
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
    Run run = store.told(decide(failed));
    store.end(
        run,
        () -> {
          Standing before = store.siteEnded(run);
          Event event = events.failed(run, null, before);
          store.close(run, event);
          outbox.put(new Post(event, recipients.recipients(event, before)));
        });
    listener.ended(run);
    return run;
  }

  /** The same of one that nobody works on. */
  Run stopped(Run stored) {
    return fail(store.inHand(stored));
  }
}
