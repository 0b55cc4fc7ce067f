package io.github.camelakeeba.config.cron;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The five fields of crontab(5), and its words that begin with {@code @}, for Quartz. */
public final class UnixCron {
  private static final Map<String, String> MACROS =
      new TreeMap<>(
          Map.of(
              "@hourly", "0 * * * *",
              "@daily", "0 0 * * *",
              "@midnight", "0 0 * * *",
              "@weekly", "0 0 * * 0",
              "@monthly", "0 0 1 * *",
              "@yearly", "0 0 1 1 *",
              "@annually", "0 0 1 1 *"));

  private UnixCron() {}

  /** Throws {@link ScheduleProblem}. */
  public static String macro(String text) {
    String fields = MACROS.get(text.toLowerCase(Locale.ROOT));
    if (fields == null) {
      throw new ScheduleProblem(
          text.equalsIgnoreCase("@reboot")
              ? "it says when a machine starts, not at what times: write \"daily at 02:30\""
              : "cron has no such word: write " + String.join(", ", MACROS.keySet()));
    }
    return quartz(fields.split(" "));
  }

  /**
   * In Quartz, one of the two days must be left open. In cron a day is due when either of them
   * names it, or, where one begins with {@code *}, both: Quartz has neither.
   *
   * @param fields minute, hour, day of month, month, day of week
   */
  public static String quartz(String... fields) {
    String minute = CronField.MINUTE.quartz(CronField.MINUTE.parse(fields[0]));
    String hour = CronField.HOUR.quartz(CronField.HOUR.parse(fields[1]));
    String day = CronField.DAY.quartz(CronField.DAY.parse(fields[2]));
    String month = CronField.MONTH.quartz(CronField.MONTH.parse(fields[3]));
    String week = CronField.WEEKDAY.quartz(CronField.WEEKDAY.parse(fields[4]));
    if (CronField.WEEKDAY.isAny(fields[4])) {
      return "0 %s %s %s %s ?".formatted(minute, hour, day, month);
    }
    if (CronField.DAY.isAny(fields[2])) {
      // seven days by their numbers are every day
      return week.equals("?")
          ? "0 %s %s * %s ?".formatted(minute, hour, month)
          : "0 %s %s ? %s %s".formatted(minute, hour, month, week);
    }
    throw new ScheduleProblem(
        "it has a day of month and a day of week, and cron fires when %s; a schedule has one of them: write %s, or %s"
            .formatted(
                fields[2].startsWith("*") || fields[4].startsWith("*")
                    ? "both are right"
                    : "either is right",
                line(fields, fields[2], "*"),
                line(fields, "*", fields[4])));
  }

  private static String line(String[] fields, String day, String week) {
    return "\"%s %s %s %s %s\"".formatted(fields[0], fields[1], day, fields[3], week);
  }
}
