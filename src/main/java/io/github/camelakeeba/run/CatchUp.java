package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Standing;
import io.github.camelakeeba.site.Schedules;
import io.github.camelakeeba.site.Site;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether the run that makes up for our own downtime is still to show that a backup is missed. Then
 * nobody is told before it has ended.
 */
final class CatchUp {
  /** A site that stands in line for longer is told of all the same. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** So long after the start a schedule's time that has passed is made up for, or is not. */
  private static final Duration UNTIL_IT_FIRES = Duration.ofSeconds(9);

  private final Schedules schedules;
  private final JdbcTemplate jdbc;
  private final SteadyClock clock;
  private Instant begin;

  CatchUp(Schedules schedules, Database database, SteadyClock clock) {
    this.schedules = schedules;
    this.jdbc = database.jdbc();
    this.clock = clock;
  }

  /** At the first look after the start; others change nothing. */
  synchronized void begin() {
    if (begin == null) {
      begin = clock.instant();
    }
  }

  /** Of a site that is overdue; false from an hour after the start on. */
  synchronized boolean pending(Site site, Standing standing) {
    Duration up = Duration.between(begin, clock.instant());
    if (up.compareTo(LONGEST) >= 0) {
      return false;
    }
    Instant wall = clock.wall(begin);
    Instant fire = schedules.next(site, standing.since());
    boolean comes = fire != null && !fire.isAfter(wall) && up.compareTo(UNTIL_IT_FIRES) < 0;
    return comes || isOpen(site.name(), wall);
  }

  /** A run that was in line before the start, or one for a time that had passed by then. */
  private boolean isOpen(String site, Instant start) {
    return jdbc.query(
            """
            select queued_at, trigger_kind, request_id from run
            where site = ? and state in ('queued', 'running')
            """,
            (row, number) ->
                !RunRow.instant(row, "queued_at").isAfter(start)
                    || row.getString("trigger_kind").equals("schedule")
                        && passed(row.getString("request_id"), start),
            site)
        .contains(true);
  }

  private static boolean passed(String request, Instant start) {
    Instant fire = RequestId.fire(request);
    return fire != null && !fire.isAfter(start);
  }
}
