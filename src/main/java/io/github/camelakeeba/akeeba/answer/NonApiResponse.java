package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.secret.UntrustedText;

/**
 * What HTTP 2xx without an envelope means: the call's answer is lost, or there is no API at all
 * (protocol page, sections 1.2 and 7).
 */
final class NonApiResponse {
  private static final int MAX_HINT_LENGTH = 160;

  private NonApiResponse() {}

  static AkeebaException of(AkeebaResponse answer, ResponseBody body) {
    return switch (body.state()) {
      case EMPTY -> lost(answer, "an empty body");
      case TRUNCATED -> lost(answer, "an incomplete body");
      case AMBIGUOUS -> lost(answer, "more than one answer in the body");
      default -> describe(answer, body);
    };
  }

  private static AkeebaException describe(AkeebaResponse answer, ResponseBody body) {
    if (body.value() != null && body.value().has("encapsulation")
        || body.text().contains("\"encapsulation\"")) {
      return new AkeebaException(
          ErrorKind.CONFIGURATION,
          "The site speaks the retired API v1: update Akeeba Backup there, or use the address of"
              + " API v2.");
    }
    ErrorPageSource obstacle = ErrorPageSource.detect(body);
    if (obstacle != null && obstacle != ErrorPageSource.DATABASE) {
      String with = "HTTP " + answer.httpStatus() + ", " + ErrorPageSource.quoted(body);
      return obstacle.isFirewall() && firstContact(answer.method())
          ? ErrorPageSource.blocked(obstacle, with)
          : lost(
              answer, "something else than an answer: " + obstacle.sentence() + " (" + with + ")");
    }
    boolean half = body.text().contains("\"status\"");
    String hint =
        body.value() == null
            ? UntrustedText.ofPage(body.text(), MAX_HINT_LENGTH)
            : UntrustedText.withoutMarkup(
                StringListReader.errorMessage(body.value()), MAX_HINT_LENGTH);
    // measured: WordPress reports that its database is down with HTTP 200 (protocol 1.2)
    boolean down = obstacle != null || hint.toLowerCase(java.util.Locale.ROOT).contains("database");
    if (half || down || !firstContact(answer.method())) {
      return lost(answer, "something else than an answer" + quoted(hint));
    }
    return new AkeebaException(
        ErrorKind.NOT_FOUND,
        "There is no Akeeba Backup API at this address, but something else"
            + quoted(hint)
            + ": the address is wrong, or the Akeeba Backup plugin is not active, or the site is in"
            + " maintenance, or its database is down.");
  }

  /**
   * Once a backup may be running, a page in an answer's place does not prove that the API is gone.
   */
  private static boolean firstContact(String method) {
    return "getVersion".equals(method) || "getProfiles".equals(method);
  }

  private static AkeebaException lost(AkeebaResponse answer, String what) {
    return new LostResponseException(
        ErrorKind.UNREACHABLE,
        "The site answered " + answer.method() + " with " + what + ".",
        LostResponseException.SendState.UNKNOWN,
        answer.retryAfter(),
        null);
  }

  private static String quoted(String hint) {
    return hint.isEmpty() ? "" : " (\"" + hint + "\")";
  }
}
