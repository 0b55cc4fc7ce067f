package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.text.ParseException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Cron expressions as Quartz understands them. */
@Internal
public final class CronExpressions {
  private static final int MAX_LENGTH = 500; // what Quartz's tables hold is a little more

  private static final String ALLOWED =
      "write second, minute, hour, day of month, month, day of week, with ? for one of the two days,"
          + " such as \"0 30 2 * * ?\" for 02:30 each day";

  /** Of Unix cron, by their numbers; 7 is Sunday again. */
  private static final List<String> DAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

  private static final Pattern DAY = Pattern.compile("(?<![#/\\d])[0-7](?!\\d)");

  private CronExpressions() {}

  public static String validated(String text) {
    if (text.strip().length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "is longer than %s characters: write ranges and steps, such as 0-30 or 0/5"
              .formatted(MAX_LENGTH));
    }
    parse(text, ZoneId.of("UTC"));
    return text.strip();
  }

  /** Throws {@link IllegalArgumentException} with what is allowed. */
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
    boolean unix = text.strip().split("\\s+").length == 5;
    Optional<String> line = line(unix ? "0 " + text.strip() : text.strip(), unix);
    if (line.isPresent()) {
      return "%s; write \"%s\""
          .formatted(unix ? ": it has the five fields of Unix cron" : "", line.get());
    }
    String reason = String.valueOf(failure.getMessage());
    // a reason with a colon repeats a piece of the text
    return reason.contains(":") || reason.startsWith("Unexpected end")
        ? ": " + ALLOWED
        : " (" + reason.replaceFirst("\\.$", "") + "): " + ALLOWED;
  }

  /** The expression as Quartz accepts it, if only its days are wrong. */
  private static Optional<String> line(String text, boolean unix) {
    String[] fields = text.split("\\s+");
    if (fields.length < 6) {
      return Optional.empty();
    }
    String week = fields[5];
    if (unix || week.matches("0|.*[,-]0|0[,-].*")) {
      fields[5] = DAY.matcher(week).replaceAll(day -> DAYS.get(Integer.parseInt(day.group())));
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
