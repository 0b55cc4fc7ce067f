package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.StepAnswer;
import java.util.regex.Pattern;

/** Whether an answer continues our backup: its {@code backupid}, a higher step number, no error. */
public final class StepSequenceCheck {
  private static final Pattern BACKUPID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /**
   * @param backupid of the call; null: startBackup
   * @param lastStepNumber of the answer before, or 0
   * @throws AkeebaException backup-error, restarted-on-server or out-of-order
   */
  public void check(String backupid, int lastStepNumber, StepAnswer answer) {
    if (!answer.error().isEmpty()) {
      throw new AkeebaException(ErrorKind.BACKUP_ERROR, answer.error());
    }
    if (backupid == null) {
      checkFirst(answer);
    } else if (answer.backupid() != null && !answer.backupid().equals(backupid)) {
      throw new AkeebaException(
          ErrorKind.RESTARTED_ON_SERVER,
          "The backup was begun anew on the site while it ran: the answer carries %s backupid in place of %s. Another client started a backup, or the site had forgotten this one%s."
              .formatted(
                  answer.backupid().isEmpty() ? "an empty" : "another",
                  backupid,
                  answer.backupid().isEmpty()
                      ? " and has begun a phantom backup in place of its step, which nobody goes on with"
                      : ""));
    }
    checkNumber(lastStepNumber, answer);
  }

  public static boolean isUsableBackupid(String backupid) {
    return BACKUPID.matcher(backupid).matches();
  }

  /** Without an id there is no way to ask for the next step. */
  private static void checkFirst(StepAnswer answer) {
    String id = answer.backupid();
    boolean none = id == null || id.isEmpty();
    if (none ? answer.hasRun() : !isUsableBackupid(id)) {
      throw new AkeebaException(
          ErrorKind.OUT_OF_ORDER,
          "The site started a backup but gave it no usable backupid: update Akeeba Backup there.");
    }
  }

  private static void checkNumber(int last, StepAnswer answer) {
    Integer number = answer.stepNumber();
    if (number == null || number > last || (number == last && !answer.hasRun())) {
      return;
    }
    throw new AkeebaException(
        ErrorKind.OUT_OF_ORDER,
        "The site answered with step %s after step %s: another program may be stepping the same backup, or the site lost its state."
            .formatted(number, last));
  }
}
