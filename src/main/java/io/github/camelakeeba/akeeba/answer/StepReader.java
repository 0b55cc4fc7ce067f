package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.StepAnswer;
import io.github.camelakeeba.secret.UntrustedText;

/** Reads the answer of startBackup and stepBackup. */
final class StepReader {
  private static final int MAX_SLEEP_MILLIS = 60_000;
  private static final int MAX_TEXT_LENGTH = 300;

  private StepReader() {}

  static StepAnswer read(LenientJsonObject fields) {
    String reported = StringListReader.joined(fields.get("Error"));
    String error = reported.isEmpty() ? "" : UntrustedText.withoutMarkup(reported, 500);
    return new StepAnswer(
        hasRun(fields, error),
        fields.line("Domain", 50),
        fields.line("Step", MAX_TEXT_LENGTH),
        fields.line("Substep", MAX_TEXT_LENGTH),
        error,
        StringListReader.list(fields.get("Warnings")),
        fields.line("Archive", MAX_TEXT_LENGTH),
        (int) fields.clamped("Progress", 100),
        fields.has("backupid") ? fields.text("backupid") : null,
        number(fields, "BackupID"),
        fields.clamped("sleepTime", MAX_SLEEP_MILLIS),
        stepNumber(fields),
        fields.line("stepState", MAX_TEXT_LENGTH),
        number(fields, "Profile"));
  }

  /** Nothing but a plain "finished" may end a backup. */
  private static boolean hasRun(LenientJsonObject fields, String error) {
    Boolean hasRun = fields.bool("HasRun");
    if (hasRun != null) {
      return hasRun;
    }
    if (!error.isEmpty()) {
      throw new AkeebaException(ErrorKind.BACKUP_ERROR, error);
    }
    throw new AkeebaException(
        ErrorKind.OUT_OF_ORDER,
        "The site's answer does not say whether the backup goes on (HasRun is %s)."
            .formatted(fields.has("HasRun") ? "neither true nor false" : "missing"));
  }

  /** Of a row of the site's, from 1. */
  private static Long number(LenientJsonObject fields, String name) {
    Long id = fields.wholeNumber(name);
    return id == null || id <= 0 ? null : id;
  }

  private static Integer stepNumber(LenientJsonObject fields) {
    Long number = fields.wholeNumber("stepNumber");
    return number == null || number != number.intValue() ? null : number.intValue();
  }
}
