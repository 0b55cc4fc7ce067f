package io.github.camelakeeba.run;

import io.github.camelakeeba.problem.ProblemDetail.Kind;

/** The request is rejected: nothing was written. */
public class RunRefusedException extends RuntimeException {
  /** Why a request is refused; the command's exit code follows from it. */
  public enum Reason {
    /** The body is not a request. */
    BAD_REQUEST(Kind.BAD_REQUEST),
    /** No such site in the configuration. */
    UNKNOWN_SITE(Kind.UNKNOWN_SITE),
    /** No such channel in the configuration. */
    UNKNOWN_CHANNEL(Kind.UNKNOWN_CHANNEL),
    /** No run of this id. */
    UNKNOWN_RUN(Kind.UNKNOWN_RUN),
    /** The site is switched off in the configuration. */
    DISABLED(Kind.SWITCHED_OFF),
    /** The sender is not authenticated. */
    UNPROVEN(Kind.UNPROVED),
    /** The sender may not request this. */
    NOT_ADMITTED(Kind.NOT_ADMITTED),
    /** This program failed. */
    INTERNAL(Kind.INTERNAL),
    /** A run of the site is queued or running. */
    BUSY(Kind.BUSY),
    /** The run has ended, so nothing can be done to it. */
    ENDED(Kind.ENDED);

    private final Kind problem;

    Reason(Kind problem) {
      this.problem = problem;
    }

    /** The kind of problem that is reported to the sender. */
    public Kind problem() {
      return problem;
    }
  }

  private final Reason reason;

  /** A sentence for the sender. */
  public RunRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
