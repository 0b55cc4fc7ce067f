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

  /** What a failure is, or was caused by; null: none of this kind. */
  public static AkeebaException in(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof AkeebaException)) {
      cause = cause.getCause();
    }
    return (AkeebaException) cause;
  }

  public ErrorKind kind() {
    return kind;
  }
}
