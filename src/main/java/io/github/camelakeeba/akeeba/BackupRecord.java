package io.github.camelakeeba.akeeba;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record of listBackups or getBackupInfo.
 *
 * @param status {@code run}, {@code fail}, {@code complete}, or what else the site says; lower case
 * @param backupid {@code id-…}; "" when the site gives none
 * @param comment as stored, may hold HTML; "" when there is none
 * @param origin {@code json}, {@code backend}, {@code cli}, …; "" when absent
 * @param type {@code full}, {@code dbonly}, …; "" when absent
 * @param start when it began, or null
 * @param end the last in or out mark of a running backup, the end of an ended one; or null
 * @param profile the profile's number; 0 when absent
 * @param archive a file name; "" when absent
 * @param multipart number of files as the site counts them; 0 and 1 both mean one
 * @param totalSize bytes; 0 until the end
 * @param inStep true while a worker is inside, or was killed there; meaningless on an ended record
 * @param frozen whether nobody may delete it
 * @param meta {@code ok}, {@code obsolete}, {@code remote}, …; "" for getBackupInfo
 * @param remoteFilename where the archive was sent; "" when it was not
 * @param files the archive's files; empty for listBackups, which does not list them
 */
public record BackupRecord(
    long id,
    String status,
    String backupid,
    String description,
    String comment,
    String origin,
    String type,
    Instant start,
    Instant end,
    int profile,
    String archive,
    int multipart,
    long totalSize,
    boolean inStep,
    boolean frozen,
    String meta,
    String remoteFilename,
    List<ArchivePart> files) {

  /** Whether the site says that the backup still runs; an abandoned one says so too. */
  public boolean running() {
    return "run".equals(status);
  }

  public boolean complete() {
    return "complete".equals(status);
  }

  /** Begun by WordPress in place of a step of a backup that it forgot: harmless (measured). */
  public boolean phantom() {
    return backupid.isEmpty();
  }

  public String startText() {
    return start == null ? "at an unknown time" : start.toString();
  }

  /** Bytes of the listed files. */
  public long size() {
    return files.stream().mapToLong(ArchivePart::size).sum();
  }

  /** Whether the archive's beginning is on the site, where it can be read. */
  public boolean readable() {
    return firstFile().isPresent();
  }

  /** The file with the archive's beginning: the only one, or part 2 of a split archive. */
  public Optional<ArchivePart> firstFile() {
    int part = Math.max(multipart, files.size()) > 1 ? 2 : 1;
    return files.stream().filter(file -> file.part() == part).findFirst();
  }

  /** As a list shows it to machines; times are in UTC, sizes in bytes. */
  public Map<String, Object> listedMembers() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("status", status);
    members.put("meta", meta);
    members.put("backupid", backupid);
    members.put("profile", profile);
    members.put("description", description);
    members.put("comment", comment);
    members.put("origin", origin);
    members.put("type", type);
    members.put("begun", start);
    members.put("ended", running() ? null : end);
    members.put("archive", archive);
    members.put("size", Math.max(totalSize, size()));
    members.put("frozen", frozen);
    members.put("remote", remoteFilename);
    return members;
  }

  public Map<String, Object> members() {
    Map<String, Object> members = listedMembers();
    members.remove("meta"); // only a listing has it
    members.put("files", files);
    return members;
  }
}
