package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.run.Run;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Verifies the site's record of a backup that says it has ended. */
public final class BackupVerifier {
  private static final int MAX_HEADER_LENGTH = 65_535; // bytes: a JPA header's lengths have 16 bits

  /**
   * The run with its archive's files and size; throws {@code verification} when they can't be
   * right, or when its record is gone: that says more about the backup than about the address.
   */
  public Run verifyRecord(@Body Run run, @Variable("backup-info") BackupInfo info) {
    if (info.record() == null) {
      throw verificationFailure("its record is gone: %s", clause(info.missing()));
    }
    BackupRecord record = info.record();
    if (!run.backup().backupid().equals(record.backupid()) && !record.backupid().isEmpty()) {
      throw verificationFailure("record %s belongs to another backup", record.id());
    }
    if (!record.complete()) {
      throw verificationFailure(
          "record %s has the status '%s' in place of 'complete'", record.id(), record.status());
    }
    if (record.files().isEmpty() && record.remoteFilename().isEmpty()) {
      throw verificationFailure("record %s lists no files and no remote copy", record.id());
    }
    for (ArchivePart part : record.files()) {
      if (part.size() <= 0) {
        throw verificationFailure("the file %s has %s bytes", part.name(), part.size());
      }
    }
    if (record.files().isEmpty() && record.totalSize() <= 0) {
      throw verificationFailure("record %s counts no bytes for the remote copy", record.id());
    }
    if (record.remoteFilename().isEmpty()) {
      checkTotal(record);
    }
    return run.with(
        run.backup()
            .withArchive(
                record.id(),
                record.archive().isEmpty() ? run.backup().archive() : record.archive(),
                record.files().size(),
                record.files().isEmpty() ? record.totalSize() : record.size()),
        run.warnings());
  }

  /** Measured: the total is the sum. */
  private static void checkTotal(BackupRecord record) {
    int counted = Math.max(1, record.multipart());
    if (record.files().size() != counted) {
      throw verificationFailure(
          "record %s counts %s files but lists %s", record.id(), counted, record.files().size());
    }
    if (record.totalSize() > 0 && record.totalSize() != record.size()) {
      throw verificationFailure(
          "record %s counts %s bytes but its files have %s",
          record.id(), record.totalSize(), record.size());
    }
    checkVolumes(record);
    if (!record.readable()) {
      throw verificationFailure(
          "record %s does not list the first volume of its archive", record.id());
    }
  }

  /**
   * Measured: the volumes of a split archive but the last are equal. One may be shorter where the
   * header of an entry did not fit in; and the last but one of a ZIP where the directory of all
   * entries did not, which the last volume then begins with.
   */
  private static void checkVolumes(BackupRecord record) {
    List<ArchivePart> files = record.files();
    long longest =
        files.stream().filter(f -> f.part() > 1).mapToLong(ArchivePart::size).max().orElse(0);
    long directory =
        files.stream()
            .filter(f -> f.part() == 1 && f.name().toLowerCase(Locale.ROOT).endsWith(".zip"))
            .mapToLong(ArchivePart::size)
            .sum();
    for (ArchivePart file : files) {
      long missing =
          file.part() == files.size() ? Math.max(MAX_HEADER_LENGTH, directory) : MAX_HEADER_LENGTH;
      if (file.part() > 1 && file.size() < longest - missing) {
        throw verificationFailure(
            "the volumes of its archive differ in size: %s and %s bytes", file.size(), longest);
      }
    }
  }

  /** Without the full stop, to stand in a sentence. */
  static String clause(AkeebaException e) {
    return e.getMessage().replaceFirst("\\.$", "");
  }

  static AkeebaException verificationFailure(String what, Object... values) {
    return new AkeebaException(
        ErrorKind.VERIFICATION,
        "The site says that the backup has ended, but "
            + what.formatted(values)
            + ". Do not rely on this backup; look at the backup's log on the site.");
  }
}
