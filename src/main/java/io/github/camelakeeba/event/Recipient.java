package io.github.camelakeeba.event;

import io.github.camelakeeba.Internal;
import java.time.Instant;

/**
 * A channel that is to be notified of an event, and when.
 *
 * @param window what it waits in together with others ({@code digest 24h}, {@code quiet}, {@code
 *     gather}, {@code gather missed}), or null: it goes by itself
 * @param dueAt not before this instant
 */
@Internal
public record Recipient(String channel, String window, Instant dueAt) {
  public static final String GATHER = "gather";
  public static final String GATHER_MISSED = "gather missed";
  public static final String QUIET = "quiet";
  public static final String DIGEST = "digest ";

  /** Of two rules for one event the more urgent one counts. */
  public Recipient moreUrgent(Recipient other) {
    if (window == null || other.window == null) {
      return window == null ? this : other;
    }
    return other.dueAt.isBefore(dueAt) ? other : this;
  }

  public boolean isGathered() {
    return window != null && window.startsWith(GATHER);
  }

  /** Whether it is always reported together with others, and so in short. */
  public boolean isDigest() {
    return window != null && window.startsWith(DIGEST);
  }
}
