package io.github.camelakeeba.run;

/** The request was understood, but is not taken: nothing was written. */
public class RunRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a request is refused; the API's HTTP status and the command's exit code follow from it. */
  public enum Reason {
    /** The body is not a request. */
    BAD_REQUEST,
    /** No such site in the configuration. */
    UNKNOWN_SITE,
    /** No such channel in the configuration. */
    UNKNOWN_CHANNEL,
    /** No run of this id. */
    UNKNOWN_RUN,
    /** The site is switched off in the configuration. */
    DISABLED,
    /** A run of the site is queued or running. */
    BUSY,
    /** The run has ended, so nothing can be done to it. */
    ENDED
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
