package io.github.camelakeeba.integration;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.Run;
import java.time.Instant;

/**
 * A run whose outcome is waited for.
 *
 * @param run as it was accepted
 * @param outcome null until the run has ended
 * @param pause until the next poll, milliseconds; it grows
 */
public record PendingOutcome(Run run, Event outcome, Instant until, long pause, boolean open) {
  /** Of a run that nobody waits for. */
  static PendingOutcome asAccepted(Run run) {
    return new PendingOutcome(run, null, Instant.MIN, 0, false);
  }

  /** Whether the run may have gone on since it was accepted. */
  public boolean waited() {
    return !until.equals(Instant.MIN);
  }

  PendingOutcome closed() {
    return new PendingOutcome(run, outcome, until, 0, false);
  }
}
