package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;

/** The run's row is not ours any more: another node has claimed it, or it was stopped. */
@Internal
public class ClaimLostException extends RuntimeException {
  public ClaimLostException(String run) {
    super(
        "run %s belongs to another node now, or a user has stopped it; this node leaves it"
            .formatted(run));
  }
}
