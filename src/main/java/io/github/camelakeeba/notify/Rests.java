package io.github.camelakeeba.notify;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a channel that has not taken a message rest: then one message at a time asks whether it is
 * back, however many wait. Kept in memory, since one node delivers to a channel.
 */
final class Rests {
  /** After so many failures in a row the rest grows no more: it lasts about a minute. */
  private static final int LONGEST = 6;

  private final Backoff backoff;
  private final Map<String, Rest> rests = new ConcurrentHashMap<>();

  /** Failures in a row, and the time in which nothing is tried. */
  private record Rest(int failures, Instant since, Instant until) {
    /** Not where the clock was set back meanwhile. */
    boolean lasts(Instant now) {
      return now.isBefore(until) && !now.isBefore(since);
    }
  }

  Rests(Backoff backoff) {
    this.backoff = backoff;
  }

  /** Whether nothing is to be tried now. */
  boolean on(String channel, Instant now) {
    Rest rest = rests.get(channel);
    return rest != null && rest.lasts(now);
  }

  /** Whether one message is to ask for all. */
  boolean asking(String channel) {
    return rests.containsKey(channel);
  }

  /** The channel has not taken a message. */
  void failed(String channel, Throwable cause, Instant now) {
    rests.compute(
        channel,
        (name, before) -> {
          int failures = before == null ? 0 : before.failures();
          Instant until = now.plus(backoff.pause(Math.min(failures, LONGEST), cause));
          return new Rest(failures + 1, now, until);
        });
  }

  /** No channel rests any more. */
  void clear() {
    rests.clear();
  }

  /** The channel has taken a message; gives how many it had not taken in a row before. */
  int over(String channel) {
    Rest rest = rests.remove(channel);
    return rest == null ? 0 : rest.failures();
  }
}
