package io.github.camelakeeba.event;

import io.github.camelakeeba.Internal;
import java.time.Instant;

/**
 * The health of a site: the outcome of its last runs, and what was reported.
 *
 * @param enteredAt since when it is watched: its entry into the configuration
 * @param lastGoodAt when its last good backup had ended, or null
 * @param lastGoodSize bytes of its archive; null: not known
 * @param failures failed runs in a row since then
 * @param failedAt when the last of them, {@code failedRun}, ended; null: none
 * @param missedAt when it was reported that a good backup is overdue, or null while none is
 * @param remindedAt until when what lasts has been repeated, or null
 */
@Internal
public record SiteHealth(
    String site,
    Instant enteredAt,
    Instant lastGoodAt,
    Long lastGoodSize,
    int failures,
    Instant failedAt,
    String failedRun,
    Instant missedAt,
    Instant remindedAt) {
  /** From when on a good backup is missed. */
  public Instant since() {
    return lastGoodAt == null || lastGoodAt.isBefore(enteredAt) ? enteredAt : lastGoodAt;
  }

  public boolean isUnhealthy() {
    return failures > 0 || missedAt != null;
  }
}
