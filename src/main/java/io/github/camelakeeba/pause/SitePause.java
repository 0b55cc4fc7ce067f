package io.github.camelakeeba.pause;

import java.time.Instant;

/**
 * A time in which the schedule of a site does nothing.
 *
 * @param until when it ends, or has ended; null: once somebody resumes the site
 * @param reason one line, or null
 * @param by who began it, as {@code requestedBy} of a run
 */
public record SitePause(Instant since, Instant until, String reason, String by) {
  /** It has begun, whatever the clock said then: another node's may be ahead. */
  public boolean lastsAt(Instant now) {
    return until == null || until.isAfter(now);
  }
}
