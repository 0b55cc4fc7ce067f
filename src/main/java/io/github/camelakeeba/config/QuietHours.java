package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages that are not urgent wait {@code from} this time until {@code to}, even past midnight.
 */
@Internal
public record QuietHours(LocalTime from, LocalTime to) {
  private static final Pattern FORMAT =
      Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)\\s*-\\s*([01]?\\d|2[0-3]):([0-5]\\d)");

  /** As in {@code 22:00-07:00}; throws {@link IllegalArgumentException} with what is wrong. */
  public static QuietHours parse(String text) {
    Matcher times = FORMAT.matcher(text.strip());
    if (!times.matches()) {
      throw new IllegalArgumentException("is no part of a day; write 22:00-07:00");
    }
    QuietHours quiet = new QuietHours(time(times, 1), time(times, 3));
    if (quiet.from.equals(quiet.to)) {
      throw new IllegalArgumentException("begins when it ends; write 22:00-07:00");
    }
    return quiet;
  }

  private static LocalTime time(Matcher times, int group) {
    return LocalTime.of(
        Integer.parseInt(times.group(group)), Integer.parseInt(times.group(group + 1)));
  }

  /** The end of the quiet hours that this instant is in, or the instant itself outside of them. */
  public Instant endAfter(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    boolean begun = !local.toLocalTime().isBefore(from);
    boolean beforeEnd = local.toLocalTime().isBefore(to);
    boolean wraps = to.isBefore(from);
    if (wraps ? !begun && !beforeEnd : !begun || !beforeEnd) {
      return at;
    }
    return local.toLocalDate().plusDays(wraps && begun ? 1 : 0).atTime(to).atZone(zone).toInstant();
  }

  @Override
  public String toString() {
    return from + "-" + to;
  }
}
