package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.notify.text.HumanFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A backup's record in words. */
public final class BackupRecordView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private BackupRecordView() {}

  public static String time(Instant time, ZoneId zone) {
    return time == null ? "-" : TIME.format(time.atZone(zone));
  }

  public static String size(long bytes) {
    return bytes == 0 ? "-" : HumanFormat.size(bytes);
  }

  /** The site's word, and what there is to add. */
  public static String status(BackupRecord record) {
    String word =
        switch (record.meta()) {
          case "obsolete" -> record.status() + ", files gone";
          case "remote" -> record.status() + ", remote";
          default -> record.status();
        };
    return record.frozen() ? word + ", frozen" : word;
  }

  /** For machines. */
  public static Map<String, Object> members(BackupRecord record) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", record.id());
    members.put("status", record.status());
    members.put("meta", record.meta());
    members.put("backupid", record.backupid());
    members.put("profile", record.profile());
    members.put("description", record.description());
    members.put("comment", record.comment());
    members.put("origin", record.origin());
    members.put("type", record.type());
    members.put("begun", record.start());
    members.put("ended", record.running() ? null : record.end());
    members.put("archive", record.archive());
    members.put("size", Math.max(record.totalSize(), record.size()));
    members.put("frozen", record.frozen());
    members.put("remote", record.remoteFilename());
    return members;
  }

  /** The same with the archive's files. */
  public static Map<String, Object> whole(BackupRecord record) {
    Map<String, Object> members = members(record);
    members.remove("meta"); // only a listing has it
    List<ArchivePart> files = record.files();
    members.put("files", files);
    return members;
  }
}
