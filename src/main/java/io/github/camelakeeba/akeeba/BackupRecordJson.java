package io.github.camelakeeba.akeeba;

import java.util.LinkedHashMap;
import java.util.Map;

/** A backup's record for machines, as the commands and the Kamelets write it. */
public final class BackupRecordJson {
  private BackupRecordJson() {}

  /** As a list shows it; times are in UTC, sizes in bytes. */
  public static Map<String, Object> listed(BackupRecord record) {
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
    Map<String, Object> members = listed(record);
    members.remove("meta"); // only a listing has it
    members.put("files", record.files());
    return members;
  }
}
