package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Answer;
import io.github.camelakeeba.akeeba.AnswerParser;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Judges the site's record of a backup that says it has ended (protocol 6, "trust nothing"). */
public final class BackupVerdicts {
  private final AnswerParser parser;

  /** The parser of the site's answers. */
  public BackupVerdicts(AnswerParser parser) {
    this.parser = parser;
  }

  /**
   * The run with its archive's files and size; throws {@code verification} when they can't be
   * right.
   */
  public Run verify(@Body Run run, @Variable("answer") Answer answer) {
    BackupRecord record = read(answer);
    if (!run.backup().backupid().equals(record.backupid()) && !record.backupid().isEmpty()) {
      throw wrong("record %d belongs to another backup", record.id());
    }
    if (!record.complete()) {
      throw wrong(
          "record %d has the status '%s' in place of 'complete'", record.id(), record.status());
    }
    if (record.files().isEmpty() && record.remoteFilename().isEmpty()) {
      throw wrong("record %d lists no files and no remote copy", record.id());
    }
    for (ArchivePart part : record.files()) {
      if (part.size() <= 0) {
        throw wrong("the file %s has %d bytes", part.name(), part.size());
      }
    }
    if (!record.files().isEmpty() && record.files().size() != Math.max(1, record.multipart())) {
      throw wrong(
          "record %d counts %d files but lists %d",
          record.id(), Math.max(1, record.multipart()), record.files().size());
    }
    return run.with(measured(run.backup(), record), run.warnings());
  }

  /** That the record is gone says more about the backup than about the address of the site. */
  private BackupRecord read(Answer answer) {
    try {
      return parser.record(answer);
    } catch (AkeebaException e) {
      throw e.kind() == ErrorKind.NOT_FOUND ? wrong("its record is gone: %s", bare(e)) : e;
    }
  }

  private static String bare(AkeebaException e) {
    return e.getMessage().replaceFirst("\\.$", "");
  }

  private static AkeebaException wrong(String what, Object... values) {
    return new AkeebaException(
        ErrorKind.VERIFICATION,
        "The site says that the backup has ended, but "
            + what.formatted(values)
            + ". Do not rely on this backup; look at the backup's log on the site.");
  }

  private static Backup measured(Backup before, BackupRecord record) {
    return new Backup(
        before.backupid(),
        record.id(),
        record.archive().isEmpty() ? before.archive() : record.archive(),
        record.files().size(),
        record.files().isEmpty() ? record.totalSize() : record.size(),
        before.domain(),
        before.step(),
        before.stepNumber(),
        before.steps(),
        before.progress(),
        before.sleepTime(),
        before.hasRun(),
        before.answeredAt());
  }
}
