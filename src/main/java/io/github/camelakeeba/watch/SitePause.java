package io.github.camelakeeba.watch;

import java.time.Instant;

/**
 * A time in which the schedule of a site does nothing.
 *
 * @param until when it ends or ended; null: once somebody ends it
 * @param by who began it, as {@code requestedBy} of a run
 */
public record SitePause(Instant since, Instant until, String reason, String by) {
  boolean lastsAt(Instant now) {
    return !since.isAfter(now) && (until == null || until.isAfter(now));
  }
}
