package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.secret.UntrustedText;

/** What a refusal from below the API means: an HTTP status other than 2xx (protocol page, 1.2). */
final class HttpErrorMapper {
  private static final int MAX_HINT_LENGTH = 160;

  private HttpErrorMapper() {}

  static AkeebaException of(AkeebaResponse answer, ResponseBody body) {
    ErrorPageSource obstacle = ErrorPageSource.detect(body);
    if (obstacle != null) {
      return of(
          answer, obstacle, "HTTP " + answer.httpStatus() + ", " + ErrorPageSource.quoted(body));
    }
    String with = "HTTP " + answer.httpStatus() + hint(body);
    return switch (answer.httpStatus()) {
      case 401 ->
          new AkeebaException(
              ErrorKind.REFUSED_SECRET,
              "The web server, not Akeeba Backup, wants a user and a password ("
                  + with
                  + "): write them into the url as user:password@.");
      case 403 ->
          new AkeebaException(
              ErrorKind.REFUSED_SECRET,
              "The web server, not Akeeba Backup, forbids the request ("
                  + with
                  + "): a firewall, a security plugin or a rule of the web server blocks it.");
      case 407 ->
          new AkeebaException(
              ErrorKind.CONFIGURATION, "The proxy wants a user and a password (" + with + ").");
      case 400, 404, 405, 406, 410 -> missing(answer.httpStatus(), with, body);
      case 408, 425, 429 -> lost("The web server is busy", with, answer);
      default -> byClass(answer, with);
    };
  }

  /** What is broken down, or is to be asked later, may go well another time. */
  private static AkeebaException of(AkeebaResponse answer, ErrorPageSource obstacle, String with) {
    int status = answer.httpStatus();
    boolean later = status >= 500 || status == 408 || status == 425 || status == 429;
    return later || !obstacle.isFirewall()
        ? lost(obstacle.sentence(), with, answer)
        : ErrorPageSource.blocked(obstacle, with);
  }

  private static AkeebaException byClass(AkeebaResponse answer, String with) {
    int status = answer.httpStatus();
    if (status >= 500 || status < 200) {
      return lost("The web server or the site has a fault", with, answer);
    }
    if (status >= 300 && status < 400) {
      return new AkeebaException(
          ErrorKind.CONFIGURATION,
          "The site redirects without saying where to (" + with + "): use its final address.");
    }
    return new AkeebaException(
        ErrorKind.CONFIGURATION, "The web server does not accept the request (" + with + ").");
  }

  /**
   * A gateway that names a time to come again has not passed the call on. A bare 503 may as well
   * stand for a worker that was killed, as 502 and 504 may.
   */
  private static AkeebaException lost(String what, String with, AkeebaResponse answer) {
    boolean away =
        answer.httpStatus() == 429 || answer.httpStatus() == 503 && answer.retryAfter() != null;
    return new LostResponseException(
        ErrorKind.UNREACHABLE,
        what + " (" + with + ").",
        away ? SendState.REJECTED : SendState.UNKNOWN,
        answer.retryAfter(),
        null);
  }

  private static AkeebaException missing(int status, String with, ResponseBody body) {
    String why = "the address is wrong, or Akeeba Backup Professional is not installed there";
    boolean joomla =
        body.state() == ResponseBody.State.OTHER_JSON && body.value().path("errors").isArray();
    if (status == 406 && !joomla) {
      why =
          "nothing of Akeeba answers so, but firewalls of web servers such as ModSecurity do; have"
              + " the API's address let through there";
    } else if (joomla) {
      why =
          "this is Joomla's API application without Akeeba's part: publish the plugin"
              + " \"Web Services - Akeeba Backup\" on the site, or use"
              + " index.php?option=com_akeebabackup&view=api&format=raw";
    } else if ("0".equals(body.text().strip())) {
      why = "this is WordPress without the Akeeba Backup plugin: activate the plugin on the site";
    }
    return new AkeebaException(
        ErrorKind.NOT_FOUND,
        "There is no Akeeba Backup API at this address (" + with + "): " + why + ".");
  }

  private static String hint(ResponseBody body) {
    String said =
        switch (body.state()) {
          case OTHER_JSON, ENVELOPE ->
              UntrustedText.withoutMarkup(
                  StringListReader.errorMessage(body.value()), MAX_HINT_LENGTH);
          default -> UntrustedText.ofPage(body.text(), MAX_HINT_LENGTH);
        };
    return said.isEmpty() ? "" : ", \"" + said + "\"";
  }
}
