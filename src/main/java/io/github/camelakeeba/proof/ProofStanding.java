package io.github.camelakeeba.proof;

import java.time.Instant;

/**
 * How the restore tests of a site stand; null: has not been.
 *
 * @param lastGoodAt when its last good backup had ended
 * @param since since when restore tests are wanted of it
 * @param at when the last one had ended, with this verdict
 * @param provedAt when the last one that proved a backup had ended
 * @param untested why the last one could not be made, as it was told
 * @param toldAt since when it is told that a backup is not proved, or could not be tested
 * @param overdueToldAt when it was told that none has proved a backup for too long
 * @param remindedAt until when what lasts has been told again
 */
public record ProofStanding(
    String site,
    Instant lastGoodAt,
    Instant since,
    Instant at,
    String verdict,
    Instant provedAt,
    String untested,
    Instant toldAt,
    Instant overdueToldAt,
    Instant remindedAt) {
  /** From when on a proof is overdue. */
  public Instant provedSince() {
    return provedAt == null ? since : provedAt;
  }
}
