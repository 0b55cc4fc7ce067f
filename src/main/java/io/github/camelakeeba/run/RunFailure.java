package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.secret.UntrustedText;

/** Why a run failed, with a sentence that a user can act on; holds no secret. */
@Internal
public record RunFailure(ErrorKind kind, String message) {
  private static final int MAX_MESSAGE_LENGTH = 2000; // characters; its column is bounded

  public RunFailure {
    message = UntrustedText.truncate(message, MAX_MESSAGE_LENGTH + 1);
  }
}
