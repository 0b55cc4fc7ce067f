package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.akeeba.DeletionRequest.Kind;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.answer.ResponseParser;
import io.github.camelakeeba.akeeba.http.CallFactory;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.config.ApiEndpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * Takes backups away on sites: looks before, since a frozen or a running one must stay, and after,
 * since "true" is answered for much (protocol page, section 5).
 */
public final class BackupDeletion {
  private final CallFactory calls;
  private final ResponseParser parser;
  private final FailureTranslator failures;

  /** Over these calls. */
  public BackupDeletion(CallFactory calls, ResponseParser parser, FailureTranslator failures) {
    this.calls = calls;
    this.parser = parser;
    this.failures = failures;
  }

  /** {@code getBackupInfo}. */
  public Call recordCall(
      @Variable("akeeba-change") DeletionRequest change,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return calls.call(change.site(), endpoint, RequestBody.getBackupInfo(change.recordId()));
  }

  /** The record, which may be changed; throws why it may not. */
  public BackupRecord checkDeletable(
      @Variable("akeeba-change") DeletionRequest change,
      @Variable("akeeba-answer") AkeebaResponse answer) {
    BackupRecord record = parser.record(answer);
    if (change.backupid() != null
        && !record.backupid().isEmpty()
        && !change.backupid().equals(record.backupid())) {
      throw rejected("Record %s belongs to another backup; nothing was deleted.", record.id());
    }
    if (record.running()) {
      throw rejected(
          "Record %s says that its backup runs; nothing was deleted. A backup that was given up is"
              + " marked as failed by the next start.",
          record.id());
    }
    if (record.frozen()) {
      throw rejected(
          "Record %s is frozen on the site, so that nobody deletes it; nothing was deleted.",
          record.id());
    }
    return record;
  }

  /** {@code delete} or {@code deleteFiles}, to be sent once. */
  public Call deletionCall(
      @Variable("akeeba-change") DeletionRequest change,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return calls.call(
        change.site(),
        endpoint,
        change.kind() == Kind.DELETE
            ? RequestBody.delete(change.recordId())
            : RequestBody.deleteFiles(change.recordId()));
  }

  /** Throws when the site says that it has not done it. */
  public void checkAcknowledged(@Variable("akeeba-answer") AkeebaResponse answer) {
    parser.data(answer);
  }

  /** Why nobody knows yet whether it was done. */
  public AkeebaException unconfirmed(Exchange exchange) {
    return failures.translate(
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class),
        exchange.getVariable("akeeba-call", Call.class));
  }

  /** What was taken away; throws when it is still there. */
  public BackupRecord verifyDeleted(
      @Variable("akeeba-change") DeletionRequest change,
      @Variable("akeeba-record") BackupRecord before,
      @Variable("backup-doubt") AkeebaException doubt,
      @Variable("akeeba-answer") AkeebaResponse answer) {
    BackupRecord after;
    try {
      after = parser.record(answer);
    } catch (AkeebaException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return before;
      }
      throw e;
    }
    if (change.kind() == Kind.DELETE_FILES && after.files().isEmpty()) {
      return before;
    }
    throw doubt != null
        ? doubt
        : new AkeebaException(
            ErrorKind.BACKUP_ERROR,
            "The site says that it has deleted what record %s has, but it is still there."
                .formatted(before.id()));
  }

  private static AkeebaException rejected(String why, long record) {
    return new AkeebaException(ErrorKind.CONFIGURATION, why.formatted(record));
  }
}
