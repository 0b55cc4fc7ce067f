package io.github.camelakeeba.trigger;

import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

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

  /** A problem document (RFC 9457), as the HTTP API gives it. */
  Map<String, Object> problem() {
    int status =
        switch (kind) {
          case BAD_REQUEST -> 400;
          case UNPROVEN -> 401;
          case NOT_ADMITTED -> 403;
          case UNKNOWN_SITE, UNKNOWN_CHANNEL -> 404;
          case DISABLED, BUSY -> 409;
          case INTERNAL -> 500;
        };
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", org.eclipse.jetty.http.HttpStatus.getMessage(status));
    problem.put("status", status);
    problem.put("detail", reason);
    return problem;
  }
}
