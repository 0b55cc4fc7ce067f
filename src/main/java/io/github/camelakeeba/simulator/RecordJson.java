package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.archive.StoredBackup;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;

/** A record as listBackups and getBackupInfo show it: every column a string. */
final class RecordJson {
  private static final DateTimeFormatter COLUMN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ProductProfile manner;

  RecordJson(ProductProfile manner) {
    this.manner = manner;
  }

  ObjectNode listed(StoredBackup row) {
    boolean obsolete = row.complete() && row.volumes().isEmpty();
    // only a listing notices that the files are gone
    row.filesExist = !obsolete;
    ObjectNode node = columns(row);
    String meta = row.complete() ? "ok" : row.running() ? "pending" : "fail";
    node.put("meta", obsolete ? "obsolete" : meta);
    node.put("hasRemoteFiles", false);
    if (row.complete() && !obsolete) {
      node.put("size", String.valueOf(row.totalSize));
    }
    return node;
  }

  ObjectNode info(StoredBackup row) {
    ObjectNode node = columns(row);
    node.set("filenames", filenames(row));
    return node;
  }

  /** The name of a part; part 1 is the last file of the archive. */
  static String partName(StoredBackup row, int part) {
    int dot = row.archive.lastIndexOf('.');
    char letter = row.kind().equals("zip") ? 'z' : 'j';
    return part == 1
        ? row.archive
        : row.archive.substring(0, dot) + String.format(Locale.ROOT, ".%c%02d", letter, part - 1);
  }

  private static ArrayNode filenames(StoredBackup row) {
    ArrayNode files = PhpJson.object().putArray("filenames");
    row.volumes().stream()
        .sorted(Comparator.comparingInt(StoredBackup.Volume::part))
        .forEach(
            volume ->
                files
                    .addObject()
                    .put("part", volume.part())
                    .put("name", partName(row, volume.part()))
                    .put("size", volume.size()));
    return files;
  }

  private ObjectNode columns(StoredBackup row) {
    ObjectNode node = PhpJson.object();
    node.put("id", String.valueOf(row.id));
    node.put("description", row.description).put("comment", row.comment);
    node.put("backupstart", date(row.start)).put("backupend", date(row.end));
    node.put("status", row.status).put("origin", row.origin).put("type", "full");
    node.put("profile_id", String.valueOf(row.profile));
    node.put("archivename", row.archive);
    node.put("absolute_path", manner.folder() + "/" + row.archive);
    node.put("multipart", row.multipart());
    node.put("tag", row.origin).put("backupid", row.backupid);
    node.put("filesexist", row.filesExist ? "1" : "0");
    // the word NULL, on records that a start once marked failed, was measured
    node.put("remote_filename", row.wasDisplaced ? "NULL" : null);
    node.put("total_size", String.valueOf(row.totalSize));
    node.put("frozen", row.frozen ? "1" : "0").put("instep", row.inStep ? "1" : "0");
    return node;
  }

  private static String date(Instant when) {
    return when == null ? null : COLUMN.format(when);
  }
}
