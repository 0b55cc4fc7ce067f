package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.secret.UntrustedText;

/** Why a run failed, with a sentence that a user can act on; holds no secret. */
@Internal
public record RunFailure(ErrorKind kind, String message) {
  /** Characters. A reason is read by people, and its column is bounded. */
  private static final int MAX_MESSAGE_LENGTH = 2000;

  public RunFailure {
    message = UntrustedText.truncate(message, MAX_MESSAGE_LENGTH + 1);
  }
}
