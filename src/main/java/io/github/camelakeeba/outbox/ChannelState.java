package io.github.camelakeeba.outbox;

import java.time.Duration;
import java.time.Instant;

/**
 * How many messages of a channel are not delivered, and since when.
 *
 * @param type its type; null when it is not in the configuration any more
 * @param pending also those that are retried after a pause
 * @param waiting for their digest, or for the end of quiet hours
 * @param oldest since when the oldest pending one is due, or null
 * @param failingSince the same of those with a failed attempt, or null
 * @param parkedSince since when the oldest parked one was due, or null
 * @param lastError of the newest failed attempt; null: none
 */
public record ChannelState(
    String channel,
    String type,
    int pending,
    int waiting,
    int parked,
    Instant oldest,
    Instant failingSince,
    Instant parkedSince,
    String lastError) {
  /** Tried in vain for less is no outage: a server may be restarted. */
  private static final Duration MIN_OUTAGE = Duration.ofMinutes(15);

  /** Since when its messages are tried in vain, where that is longer than 15 minutes; or null. */
  public Instant notReachedSince(Instant now) {
    return failingSince != null && failingSince.isBefore(now.minus(MIN_OUTAGE))
        ? failingSince
        : null;
  }

  static ChannelState none(String channel, String type) {
    return new ChannelState(channel, type, 0, 0, 0, null, null, null, null);
  }

  ChannelState with(String error) {
    return new ChannelState(
        channel, type, pending, waiting, parked, oldest, failingSince, parkedSince, error);
  }
}
