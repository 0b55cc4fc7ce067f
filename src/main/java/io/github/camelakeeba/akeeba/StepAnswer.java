package io.github.camelakeeba.akeeba;

import java.util.List;

/**
 * The answer of startBackup and stepBackup, every field in one type.
 *
 * @param hasRun true: call stepBackup again; false: the backup has ended
 * @param domain {@code init, installer, PackDB, Packing, finale}, older names as sent; "" when
 *     unknown
 * @param step free text for display, may hold server paths, as {@code substep}; "" when absent
 * @param error the engine's error; "" when there is none
 * @param warnings of this step
 * @param archive a file name; "" when not (yet) named
 * @param progress percent, 0 to 100, display only
 * @param backupid as sent; null when the field is absent, "" when it is present but empty or null
 * @param recordId the number of the backup record ({@code BackupID}); null when absent or null
 * @param sleepTime milliseconds to wait before the next step, already clamped to 0 to 60,000
 * @param stepNumber null when absent or not a number
 * @param stepState for the log only; "" when absent
 * @param profile the profile that runs; null when absent, null, 0 or no number
 */
public record StepAnswer(
    boolean hasRun,
    String domain,
    String step,
    String substep,
    String error,
    List<String> warnings,
    String archive,
    int progress,
    String backupid,
    Long recordId,
    long sleepTime,
    Integer stepNumber,
    String stepState,
    Long profile) {}
