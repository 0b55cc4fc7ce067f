package io.github.camelakeeba.run;

import io.github.camelakeeba.problem.ProblemDetail.Kind;

/** The request is rejected: nothing was written. */
public class RunRefusedException extends RuntimeException {
  /** Why a request is refused; the command's exit code follows from it. */
  public enum Reason {
    BAD_REQUEST(Kind.BAD_REQUEST),
    UNKNOWN_SITE(Kind.UNKNOWN_SITE),
    UNKNOWN_CHANNEL(Kind.UNKNOWN_CHANNEL),
    UNKNOWN_RUN(Kind.UNKNOWN_RUN),
    DISABLED(Kind.SWITCHED_OFF),
    /** The sender is not authenticated. */
    UNPROVEN(Kind.UNPROVED),
    /** The sender may not request this. */
    NOT_ADMITTED(Kind.NOT_ADMITTED),
    INTERNAL(Kind.INTERNAL),
    /** A run of the site is queued or running. */
    BUSY(Kind.BUSY),
    ENDED(Kind.ENDED);

    private final Kind problem;

    Reason(Kind problem) {
      this.problem = problem;
    }

    public Kind problem() {
      return problem;
    }
  }

  private final Reason reason;

  public RunRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
