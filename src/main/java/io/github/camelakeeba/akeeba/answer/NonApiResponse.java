package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import java.util.Locale;

/** What HTTP 2xx without an envelope means: the answer is lost, or there is no API at all. */
final class NonApiResponse {
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
          "The site speaks the retired API v1: update Akeeba Backup there, or use the address of API v2.");
    }
    ErrorPageSource source = ErrorPageSource.detect(body);
    if (source != null && source != ErrorPageSource.DATABASE) {
      String with = "HTTP %s, %s".formatted(answer.httpStatus(), ErrorPageSource.quoted(body));
      return source.isFirewall() && Call.isFirstContact(answer.method())
          ? ErrorPageSource.blocked(source, with)
          : lost(
              answer, "something else than an answer: %s (%s)".formatted(source.sentence(), with));
    }
    boolean half = body.text().contains("\"status\"");
    String hint = body.hint();
    // measured: WordPress reports that its database is down with HTTP 200
    boolean down = source != null || hint.toLowerCase(Locale.ROOT).contains("database");
    // later a backup may be running, and a page does not prove that the API is gone
    if (half || down || !Call.isFirstContact(answer.method())) {
      return lost(answer, "something else than an answer" + JsonErrorMapper.quoted(hint));
    }
    return new AkeebaException(
        ErrorKind.NOT_FOUND,
        "There is no Akeeba Backup API at this address, but something else%s: the address is wrong, or the Akeeba Backup plugin is not active, or the site is in maintenance, or its database is down."
            .formatted(JsonErrorMapper.quoted(hint)));
  }

  private static AkeebaException lost(AkeebaResponse answer, String what) {
    return new LostResponseException(
        ErrorKind.UNREACHABLE,
        "The site answered %s with %s.".formatted(answer.method(), what),
        LostResponseException.SendState.UNKNOWN,
        answer.retryAfter(),
        null);
  }
}
