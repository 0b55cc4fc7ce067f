package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.notify.text.HumanFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

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
}
