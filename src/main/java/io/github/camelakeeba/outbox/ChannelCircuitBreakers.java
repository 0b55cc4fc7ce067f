package io.github.camelakeeba.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens for a channel that has not accepted a message: then one at a time probes whether it is
 * back. Kept in memory, since one node delivers to a channel.
 */
final class ChannelCircuitBreakers {
  private static final int MAX_BACKOFF_ATTEMPTS = 6; // about a minute: the pause grows no more

  private final Backoff backoff;
  private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

  /** Failures in a row, and when nothing is tried. */
  private record Circuit(int failures, Instant since, Instant until) {
    /** Not where the clock was set back meanwhile. */
    boolean isOpen(Instant now) {
      return now.isBefore(until) && !now.isBefore(since);
    }
  }

  ChannelCircuitBreakers(Backoff backoff) {
    this.backoff = backoff;
  }

  boolean isOpen(String channel, Instant now) {
    Circuit circuit = circuits.get(channel);
    return circuit != null && circuit.isOpen(now);
  }

  boolean isProbing(String channel) {
    return circuits.containsKey(channel);
  }

  void recordFailure(String channel, Throwable cause, Instant now) {
    circuits.compute(
        channel,
        (name, before) -> {
          int failures = before == null ? 0 : before.failures();
          Instant until = now.plus(backoff.pause(Math.min(failures, MAX_BACKOFF_ATTEMPTS), cause));
          return new Circuit(failures + 1, now, until);
        });
  }

  void reset() {
    circuits.clear();
  }

  /** The number of failures in a row before. */
  int recordSuccess(String channel) {
    Circuit circuit = circuits.remove(channel);
    return circuit == null ? 0 : circuit.failures();
  }
}
