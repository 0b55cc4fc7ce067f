package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.akeeba.RecordChange.Kind;
import org.apache.camel.Variable;

/**
 * The bean {@code akeeba-changes}: deletes backups on sites; looks before, since a frozen or a
 * running one must stay, and after, since "true" is answered for much (protocol page, section 5).
 */
public final class Changes {
  /** {@code delete} or {@code deleteFiles}, to be sent once; throws why it may not be. */
  public Question allowed(
      @Variable("akeeba-deletion") RecordChange change,
      @Variable("akeeba-before") BackupInfo before) {
    BackupRecord record = before.orMissing();
    if (change.backupid() != null
        && !record.backupid().isEmpty()
        && !change.backupid().equals(record.backupid())) {
      throw refused("Record %s belongs to another backup; nothing was deleted.", record.id());
    }
    if (record.running()) {
      throw refused(
          "Record %s says that its backup runs; nothing was deleted. A backup that was given up is"
              + " marked as failed by the next start.",
          record.id());
    }
    if (record.frozen()) {
      throw refused(
          "Record %s is frozen on the site, so that nobody deletes it; nothing was deleted.",
          record.id());
    }
    return new Question(
        change.site(),
        change.kind() == Kind.DELETE
            ? RequestBody.delete(change.recordId())
            : RequestBody.deleteFiles(change.recordId()));
  }

  /**
   * What was deleted; throws when it is still there.
   *
   * @param doubt why nobody knows whether it was done; null: the site says that it was
   */
  public BackupRecord done(
      @Variable("akeeba-deletion") RecordChange change,
      @Variable("akeeba-before") BackupInfo before,
      @Variable("akeeba-doubt") AkeebaException doubt,
      @Variable("akeeba-after") BackupInfo after) {
    BackupRecord record = after.record();
    if (record == null || change.kind() == Kind.DELETE_FILES && record.files().isEmpty()) {
      return before.record();
    }
    throw doubt != null
        ? doubt
        : new AkeebaException(
            ErrorKind.BACKUP_ERROR,
            "The site says that it has deleted what record %s has, but it is still there."
                .formatted(record.id()));
  }

  private static AkeebaException refused(String why, long record) {
    return new AkeebaException(ErrorKind.CONFIGURATION, why.formatted(record));
  }
}
