package io.github.camelakeeba.outbox;

import java.time.Instant;
import java.util.List;

/** The number of all, and the oldest. */
public record UndeliveredMessages(int count, List<Entry> messages) {
  /**
   * @param state pending, waiting or parked
   * @param waitsFor of one that waits: {@code digest 24h} or {@code quiet}; else null
   * @param error of the last failed attempt, on one line, or null
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
