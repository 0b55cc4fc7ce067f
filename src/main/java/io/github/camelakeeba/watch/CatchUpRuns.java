package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.RequestId;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether the run that makes up for our own downtime is still to show that a backup is missed. Then
 * nobody is notified before it has ended.
 */
final class CatchUpRuns {
  /** A site that stands in line for longer is told of all the same. */
  private static final Duration MAX_WAIT = Duration.ofHours(1);

  /** So long after the start a schedule's time that has passed is made up for, or is not. */
  private static final Duration FIRE_GRACE_PERIOD = Duration.ofSeconds(9);

  private final ScheduleCalculator schedules;
  private final JdbcTemplate jdbc;
  private final SteadyClock clock;
  private Instant begin;

  CatchUpRuns(ScheduleCalculator schedules, Database database, SteadyClock clock) {
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
  synchronized boolean pending(Site site, SiteHealth standing) {
    Duration up = Duration.between(begin, clock.instant());
    if (up.compareTo(MAX_WAIT) >= 0) {
      return false;
    }
    Instant wall = clock.wall(begin);
    Instant fire = schedules.next(site, standing.since());
    boolean comes = fire != null && !fire.isAfter(wall) && up.compareTo(FIRE_GRACE_PERIOD) < 0;
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
                !SqlTime.instant(row, "queued_at").isAfter(start)
                    || row.getString("trigger_kind").equals("schedule")
                        && isForMissedFire(row.getString("request_id"), start),
            site)
        .contains(true);
  }

  private static boolean isForMissedFire(String request, Instant start) {
    Instant fire = RequestId.fireTime(request);
    return fire != null && !fire.isAfter(start);
  }
}
