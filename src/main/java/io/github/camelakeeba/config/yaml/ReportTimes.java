package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.CronExpressions;
import java.time.DayOfWeek;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** When a report is due, as people write it. */
final class ReportTimes {
  private static final Pattern TIME =
      Pattern.compile("(\\p{Alpha}+)(?: +at +([01]?\\d|2[0-3]):([0-5]\\d))?");
  private static final String ALLOWED =
      "is not a time for a report: write \"monday at 7:00\", another day or \"daily\" in place of monday,"
          + " \"weekly\" (monday at 7:00), \"monthly\" (the 1st at 7:00), or a Quartz cron expression";

  private ReportTimes() {}

  /** As a Quartz cron expression; throws {@link IllegalArgumentException} with what is allowed. */
  static String cron(String text) {
    Matcher time = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!time.matches()) {
      return validated(text);
    }
    String hour = time.group(2) == null ? "7" : time.group(2).replaceFirst("^0(?=\\d)", "");
    String minute = time.group(2) == null ? "0" : time.group(3).replaceFirst("^0(?=\\d)", "");
    return "0 %s %s %s".formatted(minute, hour, days(time.group(1)));
  }

  private static String validated(String text) {
    if (text.strip().split("\\s+").length < 5) {
      throw new IllegalArgumentException(ALLOWED);
    }
    return CronExpressions.validated(text);
  }

  private static String days(String word) {
    return switch (word) {
      case "daily" -> "* * ?";
      case "weekly" -> "? * MON";
      case "monthly" -> "1 * ?";
      default ->
          "? * "
              + Stream.of(DayOfWeek.values())
                  .map(DayOfWeek::name)
                  .filter(day -> day.equalsIgnoreCase(word))
                  .findFirst()
                  .orElseThrow(() -> new IllegalArgumentException(ALLOWED))
                  .substring(0, 3);
    };
  }
}
