package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;

/**
 * How the backups of a site ended on a day of UTC, as the API shows it.
 *
 * @param day such as {@code 2026-11-29}
 * @param worst the worst of what happened: {@code missed}, {@code failed}, {@code warning}, {@code
 *     completed}, in this order; null: nothing did
 * @param completed how many runs ended so, as are {@code warning} and {@code failed}
 * @param missed how often it was reported that a good backup is overdue
 * @param size bytes of the archive of the day's last good backup; null: there was none
 * @param durationMs how long that backup took
 * @param letter that of the day in the site's strip
 */
@Internal
public record SiteDay(
    String site,
    String day,
    String worst,
    int completed,
    int warning,
    int failed,
    int missed,
    Long size,
    Long durationMs,
    String letter) {
  /** A day on which nothing happened. */
  public static SiteDay empty(String site, String day, String letter) {
    return new SiteDay(site, day, null, 0, 0, 0, 0, null, null, letter);
  }

  public SiteDay withLetter(String other) {
    return new SiteDay(
        site, day, worst, completed, warning, failed, missed, size, durationMs, other);
  }
}
