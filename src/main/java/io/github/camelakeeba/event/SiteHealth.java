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
 * @param goneAt since when the files of the last good backup are known to be gone, and it is missed
 *     for that; or null
 * @param missing why a good backup is missed, where that is known; or null
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
    Instant remindedAt,
    Instant goneAt,
    Event.Error missing) {
  /** From when on a good backup is missed. */
  public Instant since() {
    return lastGoodAt == null || lastGoodAt.isBefore(enteredAt) ? enteredAt : lastGoodAt;
  }

  /** The same, missed for this reason; null: not known. */
  public SiteHealth missing(Event.Error why) {
    return new SiteHealth(
        site,
        enteredAt,
        lastGoodAt,
        lastGoodSize,
        failures,
        failedAt,
        failedRun,
        missedAt,
        remindedAt,
        goneAt,
        why);
  }

  /** The same as if it had neither failed nor been missed. */
  public SiteHealth withoutTrouble() {
    return new SiteHealth(
        site, enteredAt, lastGoodAt, lastGoodSize, 0, null, null, null, null, null, null);
  }

  public boolean isUnhealthy() {
    return failures > 0 || missedAt != null;
  }
}
