package io.github.camelakeeba.restore;

/** A statement of the dump is not sent to the server; the message is a sentence for people. */
final class RefusedStatementException extends RuntimeException {
  private final boolean legitimate;

  /** Of one that no dump needs. */
  RefusedStatementException(String message) {
    this(false, message);
  }

  /** Of one that no dump needs, and that a server would run. */
  static RefusedStatementException needless(String sql) {
    return new RefusedStatementException(
        "The dump holds a statement that no dump needs, and that is not run: \"%s\"."
            .formatted(StatementText.beginning(sql)));
  }

  /**
   * @param legitimate whether a sound dump may hold it, so that it says nothing against the archive
   */
  RefusedStatementException(boolean legitimate, String message) {
    super(message, null, false, false);
    this.legitimate = legitimate;
  }

  boolean isLegitimate() {
    return legitimate;
  }
}
