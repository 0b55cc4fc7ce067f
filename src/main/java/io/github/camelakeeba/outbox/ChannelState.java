package io.github.camelakeeba.outbox;

import java.time.Instant;

/**
 * How many messages of a channel are not delivered, and since when.
 *
 * @param channel its name
 * @param type its type; null when it is not in the configuration any more
 * @param pending on their way, also those that come again after a pause
 * @param waiting for their digest, or for the end of quiet hours
 * @param parked given up
 * @param oldest since when the oldest on its way is tried, or null
 * @param failingSince the same of those that were tried in vain, or null
 * @param parkedSince since when the oldest parked one was tried, or null
 * @param lastError why the newest attempt in vain was one; null: there is none
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

  static ChannelState none(String channel, String type) {
    return new ChannelState(channel, type, 0, 0, 0, null, null, null, null);
  }

  ChannelState with(String error) {
    return new ChannelState(
        channel, type, pending, waiting, parked, oldest, failingSince, parkedSince, error);
  }
}
