package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;

/**
 * How the backups of a site ended on a day of UTC, as the API shows it; a day without any has none.
 *
 * @param day such as {@code 2026-11-29}
 * @param worst the worst of what happened: {@code missed}, {@code failed}, {@code warning}, {@code
 *     completed}, in this order
 * @param completed how many runs ended so, as are {@code warning} and {@code failed}
 * @param missed how often it was reported that a good backup is overdue
 * @param size bytes of the archive of the day's last good backup; null: there was none
 * @param durationMs how long that backup took
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
    Long durationMs) {}
