package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.akeeba.BackupRecord;
import java.time.Instant;

/**
 * What we know of the backup on the site, as the last answer left it.
 *
 * @param backupid the site's id of the running backup, or null before the start
 * @param recordId the number of the record, or null
 * @param archive the archive's file name, or ""
 * @param parts number of files, 0 until the end
 * @param size bytes, 0 until the end
 * @param domain part of the engine that is at work, or ""
 * @param step free text for display, or ""
 * @param stepNumber the number of the last answer, or 0
 * @param steps answered stepBackup calls
 * @param progress percent
 * @param sleepTime milliseconds to wait before the next step
 * @param hasRun whether the site wants another step
 * @param answeredAt the site's clock in the last answer, or null where it can't be held against the
 *     marks in the site's record
 * @param expectedRows the rows that the dump should hold, as far as the site said
 */
@Internal
public record BackupProgress(
    String backupid,
    Long recordId,
    String archive,
    int parts,
    long size,
    String domain,
    String step,
    int stepNumber,
    int steps,
    int progress,
    long sleepTime,
    boolean hasRun,
    Instant answeredAt,
    ExpectedRows expectedRows) {

  /** The number of a start whose own answer did not come: the first answer would have said 2. */
  private static final int STEP_OF_LOST_START = 1;

  /** In the place of the engine's part, while another client's backup is waited for. */
  public static final String WAITING = "waiting";

  /** Nothing has been started yet. */
  public static final BackupProgress NONE =
      new BackupProgress(null, null, "", 0, 0, "", "", 0, 0, 0, 0, false, null, ExpectedRows.NONE);

  /**
   * A backup whose start was found among the site's records.
   *
   * @param clockHolds whether the site's clock can be held against the marks in its record
   */
  public static BackupProgress adopted(BackupRecord record, boolean clockHolds) {
    return new BackupProgress(
        record.backupid(),
        record.id(),
        record.archive(),
        0,
        0,
        "",
        "",
        STEP_OF_LOST_START,
        0,
        0,
        0,
        true,
        clockHolds ? Instant.EPOCH : null,
        ExpectedRows.NONE);
  }

  /** Whether no answer of it has come yet. */
  public boolean adopted() {
    return stepNumber == STEP_OF_LOST_START && steps == 0;
  }

  /** The same after its end. */
  public BackupProgress ended() {
    return withSteps(steps, false);
  }

  /** Nothing yet, and what the run waits for. */
  public static BackupProgress waiting(String what) {
    return new BackupProgress(
        null, null, "", 0, 0, WAITING, what, 0, 0, 0, 0, false, null, ExpectedRows.NONE);
  }

  /** The same while its archive is downloaded: what is at work then is ours. */
  public BackupProgress downloading(String at, int percent) {
    return new BackupProgress(
        backupid,
        recordId,
        archive,
        parts,
        size,
        "download",
        at,
        stepNumber,
        steps,
        percent,
        sleepTime,
        hasRun,
        answeredAt,
        expectedRows);
  }

  /** The same with so many more steps whose responses were lost. */
  public BackupProgress withLostSteps(int unheard) {
    return withSteps(steps + unheard, hasRun);
  }

  /** The same, not trusting the site's clock. */
  public BackupProgress withoutSiteClock() {
    return withSteps(steps, hasRun, null);
  }

  private BackupProgress withSteps(int stepsNow, boolean goesOn) {
    return withSteps(stepsNow, goesOn, answeredAt);
  }

  private BackupProgress withSteps(int stepsNow, boolean goesOn, Instant answered) {
    return new BackupProgress(
        backupid,
        recordId,
        archive,
        parts,
        size,
        domain,
        step,
        stepNumber,
        stepsNow,
        progress,
        sleepTime,
        goesOn,
        answered,
        expectedRows);
  }
}
