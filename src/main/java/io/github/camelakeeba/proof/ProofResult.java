package io.github.camelakeeba.proof;

/**
 * What a restore test found; null: not known.
 *
 * @param reason why it is not proved, a sentence without secrets; null of proved
 * @param server such as {@code MariaDB 11.4.5}
 * @param tables restored and counted
 * @param rows of all tables
 * @param sha256 of the archive's files, as the event's {@code sha256}
 */
public record ProofResult(
    Verdict verdict, String reason, String server, Integer tables, Long rows, String sha256) {
  public static ProofResult untested(String reason) {
    return new ProofResult(Verdict.UNTESTED, reason, null, null, null, null);
  }
}
