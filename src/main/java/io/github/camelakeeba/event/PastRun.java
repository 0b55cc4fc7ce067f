package io.github.camelakeeba.event;

import io.github.camelakeeba.Internal;
import java.time.Instant;

/** One of a site's last backups; the state is completed, warning or failed. */
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
