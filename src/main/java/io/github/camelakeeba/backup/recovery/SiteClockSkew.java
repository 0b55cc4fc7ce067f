package io.github.camelakeeba.backup.recovery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the clock that writes the marks in the site's record goes behind the one of the Date
 * header, which may be a proxy's. Then a mark that is older than an answer proves nothing.
 */
public final class SiteClockSkew {
  private static final Pattern BACKUPID = Pattern.compile("id-(\\d{8}-\\d{6})-(\\d{1,6})");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private SiteClockSkew() {}

  /**
   * Whether the clocks are known to differ: the Date of the answer is later than the backup's
   * beginning, which its id gives in UTC, by more than the call has taken.
   *
   * @param date of the answer of startBackup, or null
   * @param sent when that was about to be sent, by our clock, or null
   * @param answered when its answer was there, by our clock
   */
  public static boolean differ(String backupid, Instant date, Instant sent, Instant answered) {
    Matcher matcher = BACKUPID.matcher(backupid);
    if (date == null || sent == null || !matcher.matches()) {
      return false;
    }
    try {
      Instant begun =
          LocalDateTime.parse(matcher.group(1), TIME)
              .toInstant(ZoneOffset.UTC)
              .plus(Long.parseLong(matcher.group(2)), ChronoUnit.MICROS);
      return Duration.between(begun, date).compareTo(Duration.between(sent, answered)) > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
