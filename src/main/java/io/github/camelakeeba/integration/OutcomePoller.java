package io.github.camelakeeba.integration;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

public final class OutcomePoller {
  private static final long FIRST_PAUSE = 100;
  private static final long MAX_PAUSE = 500;

  private final RunQueries runs;
  private final RunGuard guard;
  private final Clock clock;

  /** Nobody waits any more once the guard is closed; the clock measures the wait. */
  public OutcomePoller(RunQueries runs, RunGuard guard, Clock clock) {
    this.runs = runs;
    this.guard = guard;
    this.clock = clock;
  }

  /** The run and its outcome, once it has ended; {@code last} is null at the first poll. */
  public PendingOutcome poll(
      Exchange exchange,
      @Body Run run,
      @Variable("backup-outcome-wait") OutcomeWait wait,
      @Variable("backup-pending-outcome") PendingOutcome last) {
    if (last != null) {
      return poll(run, last.until(), Math.min(last.pause() * 2, MAX_PAUSE));
    }
    // one that is known already may have ended
    boolean over = run.state().terminal();
    if (wait == OutcomeWait.NO_REPLY || wait.time().isZero() && !over) {
      return PendingOutcome.asAccepted(run);
    }
    PendingOutcome first = poll(run, clock.instant().plus(wait.time()), FIRST_PAUSE);
    return first.open() && !wait.mayWait().test(exchange) ? first.closed() : first;
  }

  private PendingOutcome poll(Run run, Instant until, long pause) {
    Event outcome = runs.outcome(run.id()).orElse(null);
    boolean open = outcome == null && guard.open() && clock.instant().isBefore(until);
    return new PendingOutcome(run, outcome, until, open ? pause : 0, open);
  }
}
