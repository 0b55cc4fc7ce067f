package io.github.camelakeeba.app.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a site answers to the calls of backups, one after the other, wherever its API is asked for.
 * It checks nothing: the simulated site of the demo does, and is not part of each installation.
 */
final class RehearsalSite {
  private static final Pattern METHOD = Pattern.compile("(?:^|&)method=(\\w+)");
  private static final DateTimeFormatter BACKUPID =
      DateTimeFormatter.ofPattern("'id-'yyyyMMdd-HHmmss'-000000'", Locale.ROOT);
  private static final DateTimeFormatter COLUMN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final byte[] ARCHIVE = archive();

  private final int steps;
  private int record; // the number of the newest, 0: none
  private int step; // of that backup
  private String backupid;
  private LocalDateTime begun;

  /** Each backup has so many steps. */
  RehearsalSite(int steps) {
    this.steps = steps;
  }

  /** The JSON that answers a call with these parameters, as a form has them. */
  synchronized String answer(String form) {
    Matcher method = METHOD.matcher(form);
    String data =
        switch (method.find() ? method.group(1) : "") {
          case "getVersion" ->
              """
              {"api": 600, "component": "10.2.1", "date": "2025-12-11", "edition": "pro"}""";
          case "getProfiles" ->
              """
              [{"id": 1, "name": "Default"}]""";
          case "listBackups" -> record == 0 ? "[]" : "[" + record() + "]";
          case "getBackupInfo" -> record();
          case "startBackup" -> start();
          case "stepBackup" -> step();
          case "download" -> "\"" + Base64.getEncoder().encodeToString(ARCHIVE) + "\"";
          default -> null;
        };
    return data == null
        ? "{\"status\": 405, \"data\": \"Invalid method\"}"
        : "{\"status\": 200, \"data\": " + data + "}";
  }

  private String start() {
    record++;
    step = 0;
    begun = LocalDateTime.now(ZoneOffset.UTC);
    backupid = BACKUPID.format(begun);
    return state();
  }

  private String step() {
    step++;
    return state();
  }

  /**
   * Measured: the first answer has the number 2, the last that of the one before, and no record.
   */
  private String state() {
    boolean last = step >= steps;
    return """
        {"HasRun": %s, "Domain": "%s", "Step": "images", "Substep": "", "Error": "", "Warnings": [],
        "ErrorException": null, "Archive": "rehearsal.jpa", "tag": "json", "Progress": %s,
        "backupid": "%s", "sleepTime": 0, "stepNumber": %s, "stepState": "running",
        "BackupID": %s, "Profile": 1}"""
        .formatted(
            !last,
            last ? "finale" : step < steps / 2 ? "PackDB" : "Packing",
            100 * step / steps,
            backupid,
            Math.min(step, steps - 1) + 2,
            last ? null : record);
  }

  private String record() {
    return """
        {"id": "%s", "description": "", "comment": "", "backupstart": "%s", "backupend": "%s",
        "status": "%s", "origin": "json", "type": "full", "profile_id": "1",
        "archivename": "rehearsal.jpa", "multipart": "0", "tag": "json", "backupid": "%s",
        "filesexist": "1", "remote_filename": null, "total_size": "%s", "frozen": "0",
        "instep": "0", "meta": "ok",
        "filenames": [{"part": 1, "name": "rehearsal.jpa", "size": %s}]}"""
        .formatted(
            record,
            COLUMN.format(begun),
            COLUMN.format(LocalDateTime.now(ZoneOffset.UTC)),
            step < steps ? "run" : "complete",
            backupid,
            ARCHIVE.length,
            ARCHIVE.length);
  }

  /** The least that a JPA can be: its header, and one file that is stored as it is. */
  private static byte[] archive() {
    byte[] path = "index.php".getBytes(StandardCharsets.UTF_8);
    byte[] content = "<?php".getBytes(StandardCharsets.UTF_8);
    ByteBuffer jpa =
        ByteBuffer.allocate(19 + 21 + path.length + content.length).order(ByteOrder.LITTLE_ENDIAN);
    jpa.put((byte) 'J').put((byte) 'P').put((byte) 'A').putShort((short) 19);
    jpa.put((byte) 1).put((byte) 2).putInt(1).putInt(content.length).putInt(content.length);
    jpa.put((byte) 'J').put((byte) 'P').put((byte) 'F').putShort((short) (21 + path.length));
    jpa.putShort((short) path.length).put(path).put((byte) 1).put((byte) 0);
    jpa.putInt(content.length).putInt(content.length).putInt(0100644).put(content);
    return jpa.array();
  }
}
