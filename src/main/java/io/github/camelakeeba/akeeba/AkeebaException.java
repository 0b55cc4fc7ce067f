package io.github.camelakeeba.akeeba;

/** A call without a usable answer: its kind, and a sentence that tells the user what to do. */
public class AkeebaException extends RuntimeException {
  private final ErrorKind kind;

  /** The message must hold no secret: it is stored, logged and mailed. */
  public AkeebaException(ErrorKind kind, String message) {
    this(kind, message, null);
  }

  /** The cause is for the log at DEBUG only. */
  public AkeebaException(ErrorKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public ErrorKind kind() {
    return kind;
  }
}
