package io.github.camelakeeba.outbox;

import java.time.Instant;
import java.util.List;

/**
 * Messages that are not delivered.
 *
 * @param count how many there are
 * @param messages the first of them, oldest first
 */
public record UndeliveredMessages(int count, List<Entry> messages) {

  /**
   * One message to one channel.
   *
   * @param id the number of its row
   * @param channel the channel's name
   * @param event the event's id
   * @param state pending, waiting or parked
   * @param waitsFor of one that waits: {@code digest 24h} or {@code quiet}; else null
   * @param attempts deliveries tried in vain
   * @param dueAt when it is tried next
   * @param parkedAt when it was given up, or null
   * @param error why the last attempt was in vain, on one line, or null
   */
  public record Entry(
      long id,
      String channel,
      String event,
      String state,
      String waitsFor,
      int attempts,
      Instant dueAt,
      Instant parkedAt,
      String error) {}
}
