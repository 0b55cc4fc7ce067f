package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a record of listBackups or getBackupInfo, whose columns are strings. */
final class RecordReader {
  private static final int MAX_TEXT_LENGTH = 300;

  private RecordReader() {}

  /** A record without a number or a status would count as "not running": it is rejected. */
  static BackupRecord read(String method, LenientJsonObject fields) {
    long id = fields.count("id");
    String status = fields.line("status", 50).toLowerCase(Locale.ROOT);
    if (id == 0 || status.isEmpty()) {
      throw ResponseParser.outOfOrder(method, "has a record without a number or a status");
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
        fields.intCount("profile_id"),
        fields.line("archivename", MAX_TEXT_LENGTH),
        fields.intCount("multipart"),
        fields.count("total_size"),
        Boolean.TRUE.equals(fields.bool("instep")),
        Boolean.TRUE.equals(fields.bool("frozen")),
        fields.line("meta", 50),
        // Akeeba writes the word itself into records that a later start marks failed
        fields.line("remote_filename", MAX_TEXT_LENGTH).replaceFirst("^NULL$", ""),
        files(method, fields.get("filenames")));
  }

  private static List<ArchivePart> files(String method, JsonNode filenames) {
    List<ArchivePart> files = new ArrayList<>();
    for (JsonNode file : filenames) {
      if (!file.isObject()) {
        throw ResponseParser.outOfOrder(method, "lists a file in an unknown way");
      }
      LenientJsonObject fields = new LenientJsonObject(file);
      int part = fields.intCount("part");
      files.add(
          new ArchivePart(
              part == 0 ? files.size() + 1 : part,
              fields.line("name", MAX_TEXT_LENGTH),
              fields.count("size")));
    }
    return List.copyOf(files);
  }
}
