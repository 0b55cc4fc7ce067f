package io.github.camelakeeba.trigger;

import io.github.camelakeeba.run.Problem;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.Secret;

/**
 * A message that is not taken.
 *
 * @param reason a sentence of one line
 * @param letter where it goes, or null: nowhere
 */
public record Refusal(Arrival arrival, Reason kind, String reason, Secret letter) {

  /** The URI of the dead letter in clear, for the call itself only; null: none. */
  public String deadLetter() {
    return letter == null ? null : letter.reveal();
  }

  /** For the log; nothing of the body but what the reason repeats. */
  public String line() {
    return "trigger %s: refused %s: %s".formatted(arrival.trigger(), arrival.name(), reason);
  }

  /** As the HTTP API gives it. */
  Problem problem() {
    return Problem.of(kind.problem(), reason);
  }
}
