package io.github.camelakeeba.akeeba.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Times in HTTP headers. */
public final class HttpTime {
  private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(5);

  private HttpTime() {}

  /** The instant of a Date header, a whole second; null when there is none that can be read. */
  public static Instant date(String header) {
    if (header == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null; // a clock that can't be read is no clock
    }
  }

  /**
   * The wait that a Retry-After header asks for, in seconds or until a date; at most 5 minutes, as
   * a site that wants more is as good as unreachable. Null when there is none that can be read.
   */
  public static Duration retryAfter(String header, Instant now) {
    return retryAfter(header, now, MAX_RETRY_AFTER);
  }

  public static Duration retryAfter(String header, Instant now, Duration max) {
    Duration wait = header == null ? null : parse(header.strip(), now);
    if (wait == null) {
      return null;
    }
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(max) > 0 ? max : wait;
  }

  private static Duration parse(String header, Instant now) {
    if (header.matches("\\d+")) {
      String digits = header.replaceFirst("^0+(?=\\d)", "");
      // more seconds than anybody means, and than a long may hold
      return Duration.ofSeconds(digits.length() > 9 ? 999_999_999 : Long.parseLong(digits));
    }
    Instant until = date(header);
    return until == null ? null : Duration.between(now, until);
  }
}
