package io.github.camelakeeba.inspection;

import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.event.Event;

/** Whether the last good backup is still on its site. */
final class LookedFor {
  private LookedFor() {}

  /**
   * Why it can't be restored any more; null: nothing says so. Goes by the listed files, since
   * {@code filesexist} stays after a deletion (measured: protocol 6).
   */
  static Event.Error missing(LastGood good, BackupInfo info) {
    BackupRecord record = info.record();
    if (record == null) {
      return gone("The record of the last good backup is gone from the site (%s)", good);
    }
    if (!record.backupid().isEmpty() && !record.backupid().equals(good.backupid())) {
      return gone("The record of the last good backup is another backup's now (%s)", good);
    }
    if (!record.remoteFilename().isEmpty()) {
      return null; // its copy can't be looked at from here
    }
    if (record.files().isEmpty()) {
      return gone("The files of the last good backup are gone from the site (%s)", good);
    }
    int counted = Math.max(1, record.multipart());
    if (record.files().size() < counted) {
      return gone(
          "Of the last good backup only %s of %s files are on the site"
                  .formatted(record.files().size(), counted)
              + " (%s)",
          good);
    }
    return record.size() < good.size()
        ? gone(
            "The files of the last good backup have lost %s of %s bytes on the site"
                    .formatted(good.size() - record.size(), good.size())
                + " (%s)",
            good)
        : null;
  }

  private static Event.Error gone(String what, LastGood good) {
    return NewestBackup.error(
        ErrorKind.NOT_FOUND, what.formatted(good.text()) + ", and no copy of it is at home.");
  }
}
