package io.github.camelakeeba.trigger;

import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.trigger.message.InboundMessage;

/** {@code reason} is a sentence of one line; {@code deadLetterUri} null: there is none. */
public record Rejection(InboundMessage message, Reason kind, String reason, Secret deadLetterUri) {
  /** The URI of the dead letter in clear, for the call itself only; null: none. */
  public String deadLetter() {
    return deadLetterUri == null ? null : deadLetterUri.reveal();
  }

  /** For the log; nothing of the body but what the reason repeats. */
  public String line() {
    return "trigger %s: refused %s: %s".formatted(message.trigger(), message.name(), reason);
  }

  ProblemDetail problem() {
    return ProblemDetail.of(kind.problem(), reason);
  }
}
