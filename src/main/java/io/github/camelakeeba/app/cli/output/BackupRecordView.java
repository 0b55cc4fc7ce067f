package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.notify.text.HumanFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

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

  public static String status(BackupRecord record) {
    String files =
        switch (record.meta()) {
          case "obsolete" -> ", files gone";
          case "remote" -> ", remote";
          default -> "";
        };
    return record.status() + files + (record.frozen() ? ", frozen" : "");
  }
}
