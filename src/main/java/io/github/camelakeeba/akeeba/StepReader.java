package io.github.camelakeeba.akeeba;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the step answer (protocol page, section 5). */
final class StepReader {
  private static final int LONGEST_WAIT = 60_000;
  private static final int LONGEST_TEXT = 300;
  private static final int LONGEST_DOMAIN = 50;
  private static final int LONGEST_ERROR = 500;

  private StepReader() {}

  static StepAnswer read(Fields fields) {
    String error = ServerText.line(Texts.joined(fields.get("Error")), LONGEST_ERROR);
    return new StepAnswer(
        hasRun(fields, error),
        fields.line("Domain", LONGEST_DOMAIN),
        fields.line("Step", LONGEST_TEXT),
        fields.line("Substep", LONGEST_TEXT),
        error,
        Texts.each(fields.get("Warnings")),
        fields.line("Archive", LONGEST_TEXT),
        (int) fields.clamped("Progress", 100),
        backupid(fields),
        number(fields, "BackupID"),
        fields.clamped("sleepTime", LONGEST_WAIT),
        stepNumber(fields),
        fields.line("stepState", LONGEST_TEXT),
        number(fields, "Profile"));
  }

  /** Nothing but a plain "finished" may end a backup: protocol page, 1.1. */
  private static boolean hasRun(Fields fields, String error) {
    Boolean hasRun = fields.truth("HasRun");
    if (hasRun != null) {
      return hasRun;
    }
    if (!error.isEmpty()) {
      throw new AkeebaException(ErrorKind.BACKUP_ERROR, error);
    }
    throw new AkeebaException(
        ErrorKind.OUT_OF_ORDER,
        "The site's answer does not say whether the backup goes on (HasRun is "
            + (fields.has("HasRun") ? "neither true nor false" : "missing")
            + ").");
  }

  private static String backupid(Fields fields) {
    JsonNode value = fields.get("backupid");
    return value.isMissingNode() ? null : fields.text("backupid");
  }

  /** Of a row of the site's, from 1. */
  private static Long number(Fields fields, String name) {
    Long id = fields.whole(name);
    return id == null || id <= 0 ? null : id;
  }

  private static Integer stepNumber(Fields fields) {
    Long number = fields.whole("stepNumber");
    return number == null || number != number.intValue() ? null : number.intValue();
  }
}
