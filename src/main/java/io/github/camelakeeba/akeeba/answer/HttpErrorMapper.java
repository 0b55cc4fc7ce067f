package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;

/** What a refusal from below the API means: an HTTP status other than 2xx. */
final class HttpErrorMapper {
  private HttpErrorMapper() {}

  static AkeebaException of(AkeebaResponse answer, ResponseBody body) {
    int status = answer.httpStatus();
    ErrorPageSource source = ErrorPageSource.detect(body);
    if (source != null) {
      String with = "HTTP %s, %s".formatted(status, ErrorPageSource.quoted(body));
      // what is broken down, or is to be asked later, may go well another time
      boolean later = status >= 500 || status == 408 || status == 425 || status == 429;
      return later || !source.isFirewall()
          ? lost(source.sentence(), with, answer)
          : ErrorPageSource.blocked(source, with);
    }
    String with = "HTTP " + status + hint(body);
    return switch (status) {
      case 401 ->
          new AkeebaException(
              ErrorKind.REFUSED_SECRET,
              "The web server, not Akeeba Backup, wants a user and a password (%s): write them into the url as user:password@."
                  .formatted(with));
      case 403 ->
          new AkeebaException(
              ErrorKind.REFUSED_SECRET,
              "The web server, not Akeeba Backup, forbids the request (%s): a firewall, a security plugin or a rule of the web server blocks it."
                  .formatted(with));
      case 407 -> configuration("The proxy wants a user and a password (%s).", with);
      case 400, 404, 405, 406, 410 -> missing(status, with, body);
      case 408, 425, 429 -> lost("The web server is busy", with, answer);
      default ->
          status >= 500 || status < 200
              ? lost("The web server or the site has a fault", with, answer)
              : status < 400
                  ? configuration(
                      "The site redirects without saying where to (%s): use its final address.",
                      with)
                  : configuration("The web server does not accept the request (%s).", with);
    };
  }

  private static AkeebaException configuration(String sentence, String with) {
    return new AkeebaException(ErrorKind.CONFIGURATION, sentence.formatted(with));
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
        "%s (%s).".formatted(what, with),
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
          "nothing of Akeeba answers so, but firewalls of web servers such as ModSecurity do; have the API's address let through there";
    } else if (joomla) {
      why =
          "this is Joomla's API application without Akeeba's part: publish the plugin \"Web Services - Akeeba Backup\" on the site, or use index.php?option=com_akeebabackup&view=api&format=raw";
    } else if ("0".equals(body.text().strip())) {
      why = "this is WordPress without the Akeeba Backup plugin: activate the plugin on the site";
    }
    return new AkeebaException(
        ErrorKind.NOT_FOUND,
        "There is no Akeeba Backup API at this address (%s): %s.".formatted(with, why));
  }

  private static String hint(ResponseBody body) {
    String hint = body.hint();
    return hint.isEmpty() ? "" : ", \"" + hint + "\"";
  }
}
