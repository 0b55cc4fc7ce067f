package io.github.camelakeeba.run;

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
 * @param answeredAt the site's clock in the last answer, or null
 */
public record Backup(
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
    Instant answeredAt) {

  /** Nothing has been started yet. */
  public static final Backup NONE =
      new Backup(null, null, "", 0, 0, "", "", 0, 0, 0, 0, false, null);
}
