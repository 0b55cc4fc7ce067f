package io.github.camelakeeba.integration;

import io.github.camelakeeba.event.Event;
import java.time.Instant;

/**
 * A request of another route, while it waits.
 *
 * @param outcome null until the run has ended
 * @param until so long the route wants to wait
 * @param pause before the next look, milliseconds; it grows
 * @param open whether the wait goes on
 */
public record PendingOutcome(
    String runId, Event outcome, Instant until, long pause, boolean open) {}
