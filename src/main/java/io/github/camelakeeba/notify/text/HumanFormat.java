package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Amounts as people read them. */
public final class HumanFormat {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};

  private HumanFormat() {}

  /** Bytes in decimal units with one decimal: {@code 2.6 MB}. */
  public static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    double amount = bytes;
    int unit = -1;
    // 999.95 and more would be printed as 1000.0
    while (amount >= 999.95 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit++;
    }
    unit = Math.max(unit, 0);
    return String.format(Locale.ROOT, "%.1f %s", bytes / Math.pow(1000, unit + 1), UNITS[unit]);
  }

  /** {@code 7 tables, 3,119 rows}; null where it is not known. */
  public static String counted(Integer tables, Long rows) {
    return tables == null
        ? null
        : "%s%s".formatted(many(tables, "table"), rows == null ? "" : ", " + many(rows, "row"));
  }

  /** What an archive holds: {@code 22 files, 6 tables, 3,119 rows}; without a dump its files. */
  public static String content(Event.Content content) {
    String files = many(content.files(), "file");
    return content.tables() == 0
        ? files
        : files + ", " + many(content.tables(), "table") + ", " + many(content.rows(), "row");
  }

  /** With commas: {@code 3,119}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 file}, {@code 3,119 files}. */
  public static String many(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  /** From then to now; 0 where clocks differ. */
  public static String age(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    return duration(age.isNegative() ? Duration.ZERO : age);
  }

  /** The two largest units: {@code 2 h 5 min}, {@code 3 s}; under a second {@code 120 ms}. */
  public static String duration(Duration time) {
    if (time.toMillis() < 1000) {
      return time.toMillis() + " ms";
    }
    long seconds = Math.round(time.toMillis() / 1000.0);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return twoUnits(seconds / 60, "min", seconds % 60, "s");
    }
    return seconds < 86_400
        ? twoUnits(seconds / 3600, "h", seconds % 3600 / 60, "min")
        : twoUnits(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String twoUnits(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }
}
