package io.github.camelakeeba.config.source;

/** A source gave nothing that can be used; the message says why, and holds no secret. */
public final class SourceUnavailableException extends Exception {
  public SourceUnavailableException(String reason) {
    super(reason);
  }

  /** The cause goes to the log's details only: its text may hold an address. */
  SourceUnavailableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
