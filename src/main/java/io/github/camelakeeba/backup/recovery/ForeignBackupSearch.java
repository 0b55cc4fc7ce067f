package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.OperationInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the site's list of backups, newest first, shows after the end of ours.
 *
 * @param ourRecord the number of our record; null: not known, and nothing can be newer
 * @param open whether to read one more page
 * @param from how many records were listed so far
 * @param ours our record as listed, or null
 * @param newer the records with a higher number
 */
public record ForeignBackupSearch(
    String siteName,
    Long ourRecord,
    boolean open,
    int from,
    BackupRecord ours,
    List<BackupRecord> newer)
    implements OperationInput {
  private static final int MAX_RECORDS = 5_000; // no client begins more before we poll

  /** After one more page: the list is known when it has come down to our record, or ends. */
  ForeignBackupSearch withPage(List<BackupRecord> page) {
    List<BackupRecord> above = new ArrayList<>(newer);
    BackupRecord found = ours;
    boolean below = ourRecord == null || page.isEmpty();
    for (BackupRecord record : page) {
      if (ourRecord != null && record.id() > ourRecord) {
        above.add(record);
      } else {
        below = true;
        found = ourRecord != null && record.id() == ourRecord ? record : found;
      }
    }
    int listed = from + page.size();
    return new ForeignBackupSearch(
        siteName, ourRecord, !below && listed < MAX_RECORDS, listed, found, List.copyOf(above));
  }

  /** The first backup that was begun before ours had ended. */
  Optional<BackupRecord> destroyer() {
    return newer.stream()
        .filter(record -> !record.phantom())
        .filter(this::startedBeforeOurEnd)
        .min(Comparator.comparingLong(BackupRecord::id));
  }

  /**
   * Both by the site's own clock, in whole seconds: in the second of our end it may have been
   * before. Where one of them is not known, the higher number counts.
   */
  private boolean startedBeforeOurEnd(BackupRecord other) {
    Instant end = ours == null ? null : ours.end();
    return end == null || other.start() == null || !other.start().isAfter(end);
  }
}
