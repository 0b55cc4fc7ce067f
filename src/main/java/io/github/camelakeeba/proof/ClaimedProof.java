package io.github.camelakeeba.proof;

/**
 * A restore test that this node has claimed. Each later write names owner and claim; another node
 * that has claimed it since leaves them without effect.
 *
 * @param askedId the record's number or the backupid that was asked for; null: the newest archive
 * @param attempts how often it was begun, with this time
 */
public record ClaimedProof(Proof proof, String askedId, String owner, long claim, int attempts) {
  /** A test that was begun so often without an end would be begun for ever. */
  private static final int MAX_ATTEMPTS = 5;

  public boolean exhausted() {
    return attempts > MAX_ATTEMPTS;
  }

  public String site() {
    return proof.site();
  }
}
