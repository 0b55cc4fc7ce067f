package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.akeeba.BackupRecord;
import java.time.Instant;

/**
 * What is known of the backup on the site, as of its last answer; unknown texts are "".
 *
 * @param backupid the site's id of the running backup, or null before the start
 * @param recordId or null
 * @param parts number of files, 0 until the end
 * @param size bytes, 0 until the end
 * @param domain part of the engine that is at work
 * @param step free text for display
 * @param stepNumber the number of the last answer, or 0
 * @param steps answered stepBackup calls
 * @param progress percent
 * @param sleepTime milliseconds to wait before the next step
 * @param hasRun whether the site wants another step
 * @param answeredAt the site's clock in the last answer, or null where it can't be compared with
 *     the times in the site's record
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

  /** The number of a start whose response was lost: the first answer would have said 2. */
  private static final int STEP_OF_LOST_START = 1;

  public static final String WAITING = "waiting"; // domain while another client's backup runs
  public static final BackupProgress NONE =
      new BackupProgress(null, null, "", 0, 0, "", "", 0, 0, 0, 0, false, null, ExpectedRows.NONE);

  /** A backup that another client took; null: none, one is to be taken. */
  static BackupProgress of(BackupRequest.TakenBackup taken) {
    return taken == null
        ? NONE
        : new BackupProgress(
            taken.backupid(),
            taken.recordId(),
            taken.archive(),
            0,
            0,
            "",
            "",
            0,
            0,
            0,
            0,
            false,
            null,
            ExpectedRows.NONE);
  }

  /** A start found in the site's records; whether its clock and the times there are comparable. */
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

  public static BackupProgress waiting(String what) {
    return NONE.with(WAITING, what, 0, 0, false, null);
  }

  public BackupProgress ended() {
    return with(domain, step, steps, progress, false, answeredAt);
  }

  public BackupProgress downloading(String at, int percent) {
    return with("download", at, steps, percent, hasRun, answeredAt);
  }

  public BackupProgress withLostSteps(int lost) {
    return with(domain, step, steps + lost, progress, hasRun, answeredAt);
  }

  public BackupProgress withoutSiteClock() {
    return with(domain, step, steps, progress, hasRun, null);
  }

  private BackupProgress with(
      String domain, String step, int steps, int progress, boolean hasRun, Instant answeredAt) {
    return new BackupProgress(
        backupid,
        recordId,
        archive,
        parts,
        size,
        domain,
        step,
        stepNumber,
        steps,
        progress,
        sleepTime,
        hasRun,
        answeredAt,
        expectedRows);
  }

  /** The same with its archive as it was verified; the size is in bytes. */
  public BackupProgress withArchive(Long recordId, String archive, int parts, long size) {
    return new BackupProgress(
        backupid,
        recordId,
        archive,
        parts,
        size,
        domain,
        step,
        stepNumber,
        steps,
        progress,
        sleepTime,
        hasRun,
        answeredAt,
        expectedRows);
  }
}
