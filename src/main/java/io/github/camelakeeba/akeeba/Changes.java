package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.akeeba.RecordChange.Kind;
import io.github.camelakeeba.site.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * Takes backups away on sites: looks before, since a frozen or a running one must stay, and after,
 * since "true" is answered for much (protocol page, section 5).
 */
public final class Changes {
  private final SiteCalls calls;
  private final AnswerParser parser;
  private final Failures failures;

  /** Over these calls. */
  public Changes(SiteCalls calls, AnswerParser parser, Failures failures) {
    this.calls = calls;
    this.parser = parser;
    this.failures = failures;
  }

  /** {@code getBackupInfo}. */
  public Call look(
      @Variable("akeeba-change") RecordChange change,
      @Variable("akeeba-endpoint") Endpoint endpoint) {
    return calls.call(change.site(), endpoint, RequestBody.getBackupInfo(change.recordId()));
  }

  /** The record, which may be changed; throws why it may not. */
  public BackupRecord allowed(
      @Variable("akeeba-change") RecordChange change, @Variable("akeeba-answer") Answer answer) {
    BackupRecord record = parser.record(answer);
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
    return record;
  }

  /** {@code delete} or {@code deleteFiles}, to be sent once. */
  public Call call(
      @Variable("akeeba-change") RecordChange change,
      @Variable("akeeba-endpoint") Endpoint endpoint) {
    return calls.call(
        change.site(),
        endpoint,
        change.kind() == Kind.DELETE
            ? RequestBody.delete(change.recordId())
            : RequestBody.deleteFiles(change.recordId()));
  }

  /** Throws when the site says that it has not done it. */
  public void told(@Variable("akeeba-answer") Answer answer) {
    parser.data(answer);
  }

  /** Why nobody knows yet whether it was done. */
  public AkeebaException doubt(Exchange exchange) {
    return failures.explain(
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class),
        exchange.getVariable("akeeba-call", Call.class));
  }

  /** What was taken away; throws when it is still there. */
  public BackupRecord done(
      @Variable("akeeba-change") RecordChange change,
      @Variable("akeeba-record") BackupRecord before,
      @Variable("backup-doubt") AkeebaException doubt,
      @Variable("akeeba-answer") Answer answer) {
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

  private static AkeebaException refused(String why, long record) {
    return new AkeebaException(ErrorKind.CONFIGURATION, why.formatted(record));
  }
}
