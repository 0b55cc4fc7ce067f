package io.github.camelakeeba.outbox;

import io.github.camelakeeba.event.Notification;

/**
 * A message on its way to one channel.
 *
 * @param attempts deliveries tried before this one
 * @param row the row of the outbox; that of the first event in a digest
 * @param batch names the rows of a digest; null for a message of one row
 */
public record Delivery(String channel, Notification message, int attempts, long row, String batch) {
  public Delivery(long row, String channel, Notification message, int attempts) {
    this(channel, message, attempts, row, null);
  }
}
