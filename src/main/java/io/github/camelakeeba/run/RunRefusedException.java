package io.github.camelakeeba.run;

/** The request was understood, but is not taken: nothing was written. */
public class RunRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a request is refused; the command's exit code follows from it. */
  public enum Reason {
    /** The body is not a request. */
    BAD_REQUEST(400),
    /** No such site in the configuration. */
    UNKNOWN_SITE(404),
    /** No such channel in the configuration. */
    UNKNOWN_CHANNEL(404),
    /** No run of this id. */
    UNKNOWN_RUN(404),
    /** The site is switched off in the configuration. */
    DISABLED(409),
    /** Whoever asks has not proved who it is. */
    UNPROVEN(401),
    /** Whoever asks may not ask for this. */
    NOT_ADMITTED(403),
    /** This program failed. */
    INTERNAL(500),
    /** A run of the site is queued or running. */
    BUSY(409),
    /** The run has ended, so nothing can be done to it. */
    ENDED(409);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    /** The HTTP status of the refusal. */
    public int status() {
      return status;
    }
  }

  private final Reason reason;

  /** A sentence for the sender. */
  public RunRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
