package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.config.cron.ScheduleProblem;
import io.github.camelakeeba.config.cron.ScheduleWords;
import io.github.camelakeeba.config.cron.UnixCron;
import java.text.ParseException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/**
 * Schedules as users write them, as Quartz understands them: in words, as the five fields of Unix
 * cron, as {@code @daily}, or in Quartz's own six or seven. How many fields there are tells which.
 */
@Internal
public final class CronExpressions {
  private static final int MAX_LENGTH = 500; // what Quartz's tables hold is a little more

  /** What is allowed, after the text or after a reason. */
  public static final String ALLOWED =
      "write \"daily at 02:30\", \"every monday and friday at 3:00\", \"weekdays at 22:00\","
          + " \"every 6 hours\", \"monthly on the last day at 3:00\", \"@daily\", five fields of cron,"
          + " or Quartz's six";

  private static final String ALLOWED_FIELDS =
      "write second, minute, hour, day of month, month, day of week, with ? for one of the two days,"
          + " such as \"0 30 2 * * ?\" for 02:30 each day";

  /** Two fields of which neither is a word. */
  private static final Pattern FIELDS =
      Pattern.compile("[\\d*?][\\d*/,?-]*\\s+[\\d*?][\\d*/,?-]*(\\s.*)?");

  /** Where Quartz's fields have the days of Unix cron: by their numbers; 7 is Sunday again. */
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private static final Pattern DAY = Pattern.compile("(?<![#/\\d])[0-7](?!\\d)");

  private CronExpressions() {}

  /**
   * For Quartz. The {@link IllegalArgumentException} says what is wrong, with words of the text,
   * and what is allowed.
   */
  public static String validated(String text) {
    return validated(text, null);
  }

  /**
   * As {@link #validated(String)}.
   *
   * @param hour of the day for words that name days and no time; null: these are a problem
   */
  public static String validated(String text, Integer hour) {
    String line = text.strip();
    if (line.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "is longer than %s characters: write ranges and steps, such as 0-30 or 0/5"
              .formatted(MAX_LENGTH));
    }
    String[] fields = line.split("\\s+");
    if (!line.startsWith("@") && fields.length >= 6 && FIELDS.matcher(line).matches()) {
      parse(line, ZoneId.of("UTC"));
      return line;
    }
    try {
      return read(line, fields, hour);
    } catch (ScheduleProblem problem) {
      String what = problem.getMessage();
      throw new IllegalArgumentException(
          "is not a schedule: %s%s"
              .formatted(what, what.contains("write ") || what.endsWith("?") ? "" : "; " + ALLOWED),
          problem);
    }
  }

  private static String read(String line, String[] fields, Integer hour) {
    if (line.startsWith("@")) {
      return UnixCron.macro(line);
    }
    if (!FIELDS.matcher(line).matches()) {
      return new ScheduleWords(hour, DidYouMean::nearest).quartz(line);
    }
    if (fields.length == 5) {
      return UnixCron.quartz(fields);
    }
    throw new IllegalArgumentException(
        "is not a schedule: it has %s fields; cron has five (minute, hour, day of month, month, day of week), Quartz one before them, the second"
            .formatted(fields.length));
  }

  /** Of Quartz; throws {@link IllegalArgumentException} with what is allowed. */
  static CronExpression parse(String text, ZoneId zone) {
    try {
      CronExpression expression = new CronExpression(text.strip());
      expression.setTimeZone(TimeZone.getTimeZone(zone));
      return expression;
    } catch (ParseException | RuntimeException e) {
      throw new IllegalArgumentException("is not a Quartz cron expression" + hint(text, e), e);
    }
  }

  private static String hint(String text, Exception failure) {
    Optional<String> line = withDaysOfQuartz(text.strip());
    if (line.isPresent()) {
      return "; write \"%s\"".formatted(line.get());
    }
    String reason = String.valueOf(failure.getMessage());
    // a reason with a colon repeats a piece of the text
    return reason.contains(":") || reason.startsWith("Unexpected end")
        ? ": " + ALLOWED_FIELDS
        : " (" + reason.replaceFirst("\\.$", "") + "): " + ALLOWED_FIELDS;
  }

  /** The expression as Quartz accepts it, if only its days are wrong. */
  private static Optional<String> withDaysOfQuartz(String text) {
    String[] fields = text.split("\\s+");
    if (fields.length < 6) {
      return Optional.empty();
    }
    String week = fields[5];
    if (week.matches("0|.*[,-]0|0[,-].*")) {
      fields[5] = DAY.matcher(week).replaceAll(day -> DAYS.get(Integer.parseInt(day.group()) % 7));
    }
    if (week.equals("*")) {
      fields[5] = "?";
    } else if (fields[3].equals("*")) {
      fields[3] = "?";
    }
    String line = String.join(" ", fields);
    return CronExpression.isValidExpression(line) ? Optional.of(line) : Optional.empty();
  }

  /** The expression for Sunday, where the day of the week is 7: that is Quartz's Saturday. */
  public static Optional<String> sundayHint(String cron) {
    String[] fields = cron.split("\\s+");
    if (fields.length < 6 || !fields[5].equals("7")) {
      return Optional.empty();
    }
    fields[5] = "SUN";
    return Optional.of(String.join(" ", fields));
  }
}
