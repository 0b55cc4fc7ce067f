package io.github.camelakeeba.site;

import java.text.ParseException;
import java.time.ZoneId;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Cron expressions as Quartz understands them. */
final class Cron {
  private static final String ALLOWED =
      "write second, minute, hour, day of month, month, day of week, with ? for one of the two days,"
          + " such as \"0 30 2 * * ?\" for 02:30 each day";
  private static final Pattern UNIX =
      Pattern.compile("([\\d*,/-]+) +([\\d*,/-]+) +([\\d*,/-]+) +([\\w*,/-]+) +\\*");

  private Cron() {}

  /** The expression itself; throws {@link IllegalArgumentException} with what is allowed. */
  static String checked(String text) {
    expression(text, ZoneId.of("UTC"));
    return text.strip();
  }

  /** Ready to be asked; throws {@link IllegalArgumentException} with what is allowed. */
  static CronExpression expression(String text, ZoneId zone) {
    try {
      CronExpression expression = new CronExpression(text.strip());
      expression.setTimeZone(TimeZone.getTimeZone(zone));
      return expression;
    } catch (ParseException | RuntimeException e) {
      throw new IllegalArgumentException("is not a Quartz cron expression" + hint(text, e), e);
    }
  }

  private static String hint(String text, Exception failure) {
    Matcher unix = UNIX.matcher(text.strip());
    if (unix.matches()) {
      return ": it has the five fields of Unix cron; write \"0 "
          + text.strip().replaceFirst("\\*$", "?")
          + "\"";
    }
    String reason = String.valueOf(failure.getMessage());
    // a reason with a colon repeats a piece of the text
    return reason.contains(":") || reason.startsWith("Unexpected end")
        ? ": " + ALLOWED
        : " (" + reason.replaceFirst("\\.$", "") + "): " + ALLOWED;
  }
}
