package io.github.camelakeeba.inspection;

import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import java.time.Instant;
import java.util.List;

/** Records of a site. */
final class SampleRecords {
  private SampleRecords() {}

  /** As a list has it. */
  static BackupRecord listed(long id, String status, String meta, String remote) {
    return record(id, status, "id-" + id, meta, remote, 0, List.of());
  }

  /** As getBackupInfo has it, with files of these sizes. */
  static BackupRecord complete(String backupid, int multipart, String remote, long... sizes) {
    List<ArchivePart> files = new java.util.ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      files.add(new ArchivePart(i + 1, "site.j0" + i, sizes[i]));
    }
    return record(7, "complete", backupid, "", remote, multipart, files);
  }

  private static BackupRecord record(
      long id,
      String status,
      String backupid,
      String meta,
      String remote,
      int multipart,
      List<ArchivePart> files) {
    Instant begun = Instant.parse("2026-11-29T02:00:00Z");
    return new BackupRecord(
        id,
        status,
        backupid,
        "",
        "",
        "cli",
        "full",
        begun,
        begun.plusSeconds(60),
        1,
        "site.jpa",
        multipart,
        100,
        false,
        false,
        meta,
        remote,
        files);
  }
}
