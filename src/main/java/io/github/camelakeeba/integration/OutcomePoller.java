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

/** Polls a run for its outcome. */
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

  /** The state of the run; not read where the sender gets no reply now. */
  public PendingOutcome firstPoll(
      Exchange exchange, @Body Run run, @Variable("backup-outcome-wait") OutcomeWait wait) {
    if (wait == OutcomeWait.NO_REPLY) {
      return new PendingOutcome(run, null, Instant.MIN, 0, false);
    }
    PendingOutcome pending = poll(run, clock.instant().plus(wait.time()), FIRST_PAUSE);
    return pending.open() && !wait.mayWait().test(exchange) ? pending.closed() : pending;
  }

  /** The same after a pause. */
  public PendingOutcome nextPoll(@Variable("backup-pending-outcome") PendingOutcome pending) {
    return poll(pending.run(), pending.until(), Math.min(pending.pause() * 2, MAX_PAUSE));
  }

  private PendingOutcome poll(Run run, Instant until, long pause) {
    Event outcome = runs.outcome(run.id()).orElse(null);
    boolean open = outcome == null && guard.open() && clock.instant().isBefore(until);
    return new PendingOutcome(run, outcome, until, pause, open);
  }
}
