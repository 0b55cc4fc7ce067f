package io.github.camelakeeba.event;

import io.github.camelakeeba.Internal;
import java.time.Instant;

/**
 * How one of a site's last backups ended.
 *
 * @param state completed, warning or failed
 * @param endedAt when it ended
 */
@Internal
public record PastRun(String state, Instant endedAt) {
  /** One sign, so that colour is not all that distinguishes the states. */
  public String symbol() {
    return switch (state) {
      case "completed" -> "✓";
      case "warning" -> "!";
      case "failed" -> "✗";
      default -> "?";
    };
  }
}
