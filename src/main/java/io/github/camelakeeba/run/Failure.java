package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.ErrorKind;

/** Why a run failed, with a sentence that a user can act on; holds no secret. */
public record Failure(ErrorKind kind, String message) {
  /** Characters. A reason is read by people, and its column is bounded. */
  private static final int LONGEST = 2000;

  /** A longer message is cut, visibly. */
  public Failure {
    message = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
  }
}
