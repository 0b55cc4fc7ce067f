package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.akeeba.DeletionRequest.Kind;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.RequestBody;
import org.apache.camel.Variable;

/**
 * The bean {@code akeeba-deletion}: deletes backups on sites. The record is checked before, since a
 * frozen or a running one must stay, and after, since "true" is answered for much (measured).
 */
public final class BackupDeletion {
  /** {@code delete} or {@code deleteFiles}, to be sent once; throws why it may not be. */
  public ApiQuery checkDeletable(
      @Variable("akeeba-deletion") DeletionRequest request,
      @Variable("akeeba-before") BackupInfo before) {
    BackupRecord record = before.orMissing();
    if (request.backupid() != null
        && !record.backupid().isEmpty()
        && !request.backupid().equals(record.backupid())) {
      throw rejected("Record %s belongs to another backup; nothing was deleted.", record.id());
    }
    if (record.running()) {
      throw rejected(
          "Record %s says that its backup runs; nothing was deleted. A backup that was given up is marked as failed by the next start.",
          record.id());
    }
    if (record.frozen()) {
      throw rejected(
          "Record %s is frozen on the site, so that nobody deletes it; nothing was deleted.",
          record.id());
    }
    return new ApiQuery(
        request.site(),
        request.kind() == Kind.DELETE
            ? RequestBody.delete(request.recordId())
            : RequestBody.deleteFiles(request.recordId()));
  }

  /** What was deleted; throws when it is still there: the doubt, where the site did not confirm. */
  public BackupRecord verifyDeleted(
      @Variable("akeeba-deletion") DeletionRequest request,
      @Variable("akeeba-before") BackupInfo before,
      @Variable("akeeba-doubt") AkeebaException doubt,
      @Variable("akeeba-after") BackupInfo after) {
    BackupRecord record = after.record();
    if (record == null || request.kind() == Kind.DELETE_FILES && record.files().isEmpty()) {
      return before.record();
    }
    throw doubt != null
        ? doubt
        : new AkeebaException(
            ErrorKind.BACKUP_ERROR,
            "The site says that it has deleted what record %s has, but it is still there."
                .formatted(record.id()));
  }

  private static AkeebaException rejected(String why, long record) {
    return new AkeebaException(ErrorKind.CONFIGURATION, why.formatted(record));
  }
}
