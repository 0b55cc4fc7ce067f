package io.github.camelakeeba.akeeba;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a record of listBackups or getBackupInfo, whose columns are strings (protocol page, 5). */
final class RecordReader {
  private static final int LONGEST_TEXT = 300;

  private RecordReader() {}

  /** A record without a number or a status would be taken for "not running": it is refused. */
  static BackupRecord read(String method, Fields fields) {
    long id = fields.count("id");
    String status = fields.line("status", 50).toLowerCase(Locale.ROOT);
    if (id == 0 || status.isEmpty()) {
      throw AnswerParser.outOfOrder(method, "has a record without a number or a status");
    }
    return new BackupRecord(
        id,
        status,
        fields.text("backupid"),
        fields.text("description"),
        fields.text("comment"),
        fields.line("origin", 50),
        fields.line("type", 50),
        fields.date("backupstart"),
        fields.date("backupend"),
        fields.smallCount("profile_id"),
        fields.line("archivename", LONGEST_TEXT),
        fields.smallCount("multipart"),
        fields.count("total_size"),
        Boolean.TRUE.equals(fields.truth("instep")),
        Boolean.TRUE.equals(fields.truth("frozen")),
        fields.line("meta", 50),
        remote(fields.line("remote_filename", LONGEST_TEXT)),
        files(method, fields.get("filenames")));
  }

  /** Akeeba writes the word itself into records that a later start marks failed. */
  private static String remote(String name) {
    return "NULL".equals(name) ? "" : name;
  }

  private static List<ArchivePart> files(String method, JsonNode filenames) {
    List<ArchivePart> files = new ArrayList<>();
    for (JsonNode file : filenames) {
      if (!file.isObject()) {
        throw AnswerParser.outOfOrder(method, "lists a file in an unknown way");
      }
      Fields fields = new Fields(file);
      int part = fields.smallCount("part");
      files.add(
          new ArchivePart(
              part == 0 ? files.size() + 1 : part,
              fields.line("name", LONGEST_TEXT),
              fields.count("size")));
    }
    return List.copyOf(files);
  }
}
