package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.notify.Events;
import io.github.camelakeeba.notify.Recipients;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Body;

/** In which word a run ends, and who is told of it. */
public final class Outcomes {
  private final RunStore store;
  private final Events events;
  private final Recipients recipients;
  private final Clock clock;

  /** Events and recipients come from the configuration. */
  public Outcomes(RunStore store, Events events, Recipients recipients, Clock clock) {
    this.store = store;
    this.events = events;
    this.recipients = recipients;
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

  /** Writes the end of the run and what must be told of it. */
  public Run end(@Body Run run) {
    Event event = events.of(run, run.state().word());
    return store.end(run, event, recipients.channels(event));
  }

  /** Writes the first checkpoint of a started run and what must be told of it. */
  public Run started(@Body Run run) {
    Event event = events.of(run, "started");
    return store.started(run, event, recipients.channels(event));
  }
}
