package io.github.camelakeeba.proof;

import java.util.List;

/**
 * What a restore test found; null: not known.
 *
 * @param reason why it is not proved, a sentence without secrets; of proved what was not there to
 *     be restored, and what the backup had warned of
 * @param server such as {@code 11.4.5-MariaDB}
 * @param tables restored and counted
 * @param rows of all tables
 * @param sha256 of the archive's files, as the event's {@code sha256}
 * @param counts of each table
 * @param files that were read in the archive, whole
 * @param warnings what a person should look at although the verdict stands
 */
public record ProofResult(
    Verdict verdict,
    String reason,
    String server,
    Integer tables,
    Long rows,
    String sha256,
    List<TableCount> counts,
    Long files,
    List<String> warnings) {
  public static ProofResult untested(String reason) {
    return new ProofResult(
        Verdict.UNTESTED, reason, null, null, null, null, List.of(), null, List.of());
  }
}
