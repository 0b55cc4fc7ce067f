package io.github.camelakeeba.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens for a channel that has not accepted a message: then one message at a time probes whether it
 * is back, however many wait. Kept in memory, since one node delivers to a channel.
 */
final class ChannelCircuitBreakers {
  /** After so many failures in a row the rest grows no more: it lasts about a minute. */
  private static final int MAX_BACKOFF_ATTEMPTS = 6;

  private final Backoff backoff;
  private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

  /** Failures in a row, and the time in which nothing is tried. */
  private record Circuit(int failures, Instant since, Instant until) {
    /** Not where the clock was set back meanwhile. */
    boolean isOpen(Instant now) {
      return now.isBefore(until) && !now.isBefore(since);
    }
  }

  ChannelCircuitBreakers(Backoff backoff) {
    this.backoff = backoff;
  }

  /** Whether nothing is to be tried now. */
  boolean isOpen(String channel, Instant now) {
    Circuit rest = circuits.get(channel);
    return rest != null && rest.isOpen(now);
  }

  /** Whether one message is to ask for all. */
  boolean isProbing(String channel) {
    return circuits.containsKey(channel);
  }

  /** The channel has not accepted a message. */
  void recordFailure(String channel, Throwable cause, Instant now) {
    circuits.compute(
        channel,
        (name, before) -> {
          int failures = before == null ? 0 : before.failures();
          Instant until = now.plus(backoff.pause(Math.min(failures, MAX_BACKOFF_ATTEMPTS), cause));
          return new Circuit(failures + 1, now, until);
        });
  }

  /** No channel rests any more. */
  void reset() {
    circuits.clear();
  }

  /** The channel has accepted a message; gives how many it had not accepted in a row before. */
  int recordSuccess(String channel) {
    Circuit rest = circuits.remove(channel);
    return rest == null ? 0 : rest.failures();
  }
}
