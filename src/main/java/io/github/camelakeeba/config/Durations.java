package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms 90s 15m 6h 2d 1h30m}, and ISO 8601's. */
@Internal
public final class Durations {
  private static final Pattern UNITS =
      Pattern.compile(
          "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final Duration MAX = Duration.ofDays(3650);
  private static final String ALLOWED = "write 90s, 15m, 6h, 2d or 1h30m";

  private Durations() {}

  /** From 0 to 3650 days. {@link IllegalArgumentException} says what is wrong, not the text. */
  public static Duration parse(String text) {
    Duration duration = text.startsWith("P") ? iso(text) : units(text);
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("must be from 0s to 3650d");
    }
    return duration;
  }

  public static Duration positive(String text) {
    Duration duration = parse(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("must be longer than 0; " + ALLOWED);
    }
    return duration;
  }

  /** As {@link #parse} reads it: {@code 1h30m}. */
  public static String format(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }

  private static Duration units(String text) {
    Matcher units = UNITS.matcher(text);
    if (text.isEmpty() || !units.matches()) {
      throw new IllegalArgumentException("is not a duration: " + ALLOWED);
    }
    return Duration.ofDays(amount(units, 1))
        .plusHours(amount(units, 2))
        .plusMinutes(amount(units, 3))
        .plusSeconds(amount(units, 4))
        .plusMillis(amount(units, 5));
  }

  private static long amount(Matcher units, int group) {
    return units.group(group) == null ? 0 : Long.parseLong(units.group(group));
  }

  private static Duration iso(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException("is not a duration: " + ALLOWED + ", or PT15M", e);
    }
  }
}
