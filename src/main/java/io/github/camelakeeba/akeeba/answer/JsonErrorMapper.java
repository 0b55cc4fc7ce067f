package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.akeeba.MissingRecordException;
import io.github.camelakeeba.akeeba.StartAbortedException;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.regex.Pattern;

/** What an envelope with a JSON status other than 200 means. */
final class JsonErrorMapper {
  private static final String PREFIX = "A backup error has occurred:";
  private static final Pattern NO_SUCH_RECORD =
      Pattern.compile("(?i)invalid (backup )?(record|profile)");

  /** What PHP says of a program that is not whole, in place of anything that Akeeba says. */
  private static final Pattern PHP_ERROR =
      Pattern.compile("Undefined constant |Call to undefined |Class \\S+ not found");

  private JsonErrorMapper() {}

  static AkeebaException of(String method, Envelope envelope) {
    String text = StringListReader.joined(envelope.data());
    String said =
        UntrustedText.withoutMarkup(
            text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text, 500);
    return switch (envelope.status()) {
      case "503" -> refusedSecret(said);
      case "401", "403" ->
          new AkeebaException(
              ErrorKind.REFUSED_SECRET,
              "The site knows the credential, but its account lacks the privilege for %s%s: give it the Akeeba Backup permissions on the site."
                  .formatted(method, quoted(said)));
      case "404" -> notFound(method, said);
      case "405" ->
          new AkeebaException(
              ErrorKind.NOT_FOUND,
              "The site's Akeeba Backup has no API method %s%s: it is too old or too new for it, or a redirect lost the request's body (use the site's final address)."
                  .formatted(method, quoted(said)));
      case "501" ->
          new AkeebaException(
              ErrorKind.NOT_FOUND,
              "The site's Akeeba Backup no longer supports the API method %s%s."
                  .formatted(method, quoted(said)));
      case "600" ->
          new AkeebaException(
              ErrorKind.CONFIGURATION,
              "The site took the call for the retired API v1: use the address of API v2, such as …/wp-admin/admin-ajax.php?action=akeebabackup_api, or update Akeeba Backup.");
      default -> failed(method, envelope.status(), said);
    };
  }

  /** All causes look the same from outside. */
  private static AkeebaException refusedSecret(String said) {
    return new AkeebaException(
        ErrorKind.REFUSED_SECRET,
        "The site refuses access%s. Either the secret word is wrong or missing, or the token is, or the site's own secret word is too short or too weak to be accepted, or the remote JSON API (front-end and remote backup) is switched off in Akeeba Backup's options, or the site has the Core edition, which has no API."
            .formatted(said.equalsIgnoreCase("Access denied") ? "" : quoted(said)));
  }

  private static AkeebaException notFound(String method, String said) {
    String sentence = "The site answers %s with: %s%s.";
    String quoted = quoted(said);
    return switch (method) {
      case "getBackupInfo", "delete", "deleteFiles", "download" ->
          new MissingRecordException(
              sentence.formatted(method, "no such backup record or part", quoted));
      case "startBackup", "exportConfiguration" ->
          new AkeebaException(
              ErrorKind.NOT_FOUND, sentence.formatted(method, "no such profile", quoted));
      default ->
          new AkeebaException(
              ErrorKind.NOT_FOUND, sentence.formatted(method, "nothing of the kind", quoted));
    };
  }

  private static AkeebaException failed(String method, String status, String said) {
    boolean step = method.equals("startBackup") || method.equals("stepBackup");
    if (!step && NO_SUCH_RECORD.matcher(said).find()) {
      return notFound(method, said);
    }
    if (method.equals("startBackup") && status.equals("500") && PHP_ERROR.matcher(said).find()) {
      return new StartAbortedException(said);
    }
    if (step && ErrorPageSource.detect(said) == ErrorPageSource.DATABASE) {
      return new AkeebaException(
          ErrorKind.BACKUP_ERROR, "The site's database went away%s.".formatted(quoted(said)));
    }
    if (step && !said.isEmpty()) {
      return new AkeebaException(ErrorKind.BACKUP_ERROR, said);
    }
    String with =
        status.isEmpty()
            ? "without a readable status"
            : "with status " + UntrustedText.withoutMarkup(status, 20);
    String sentence = "The site answers %s %s%s.".formatted(method, with, quoted(said));
    return step
        ? new AkeebaException(ErrorKind.BACKUP_ERROR, sentence)
        : new LostResponseException(
            ErrorKind.BACKUP_ERROR, sentence, SendState.UNKNOWN, null, null);
  }

  /** In brackets, behind another word. */
  static String quoted(String said) {
    return said.isEmpty() ? "" : " (\"" + said + "\")";
  }
}
