package io.github.camelakeeba.inspection;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.event.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The newest complete backup of any client in a page of a site's records.
 *
 * @param record null: there is none that could be verified
 * @param newest of all records; null: the site lists none
 */
record NewestBackup(BackupRecord record, BackupRecord newest) {
  private static final int MAX_BACKUPID_LENGTH = 64; // as the catalog keeps it

  /** But for those that the predicate accepts. */
  static NewestBackup of(List<BackupRecord> page, Predicate<BackupRecord> excluded) {
    List<BackupRecord> known =
        page.stream()
            .filter(record -> !record.phantom())
            .filter(record -> record.backupid().length() <= MAX_BACKUPID_LENGTH)
            .sorted(Comparator.comparingLong(BackupRecord::id).reversed())
            .toList();
    Optional<BackupRecord> found =
        known.stream()
            .filter(BackupRecord::complete)
            .filter(record -> !emptied(record))
            .filter(excluded.negate())
            .findFirst();
    return new NewestBackup(found.orElse(null), known.isEmpty() ? null : known.get(0));
  }

  /** The site says that the files are gone, and names no remote copy. */
  private static boolean emptied(BackupRecord record) {
    return "obsolete".equals(record.meta()) && record.remoteFilename().isEmpty();
  }

  /** What is wrong with what came after the backup that is known; null: nothing came. */
  Event.Error complaint() {
    if (newest == null) {
      return error(ErrorKind.NOT_FOUND, "The site lists no backup.");
    }
    if (record != null && record.id() >= newest.id() || newest.running()) {
      return null;
    }
    return newest.complete()
        ? error(
            ErrorKind.NOT_FOUND,
            "The newest backup on the site (%s) has no files there any more, and no remote copy."
                .formatted(text(newest)))
        : error(
            ErrorKind.BACKUP_ERROR,
            "The newest backup on the site (%s) has the status '%s'."
                .formatted(text(newest), newest.status()));
  }

  static Event.Error error(ErrorKind kind, String text) {
    return new Event.Error(kind.word(), text);
  }

  /** For people. */
  static String text(BackupRecord record) {
    return "record %s, origin %s, begun %s"
        .formatted(record.id(), origin(record), record.startText());
  }

  static String origin(BackupRecord record) {
    return record.origin().isEmpty() ? "unknown" : record.origin();
  }
}
