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

/** Whether a run that makes up for our downtime is pending: no site is missed before its end. */
final class CatchUpRuns {
  /** A site whose run is queued for longer is reported all the same. */
  private static final Duration MAX_WAIT = Duration.ofHours(1);

  /** By then after the start, a missed fire is made up for, or never is. */
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

  /** At the first check after the start; later calls change nothing. */
  synchronized void begin() {
    if (begin == null) {
      begin = clock.instant();
    }
  }

  synchronized boolean pending(Site site, SiteHealth health) {
    Duration up = Duration.between(begin, clock.instant());
    if (up.compareTo(MAX_WAIT) >= 0) {
      return false;
    }
    Instant wall = clock.wall(begin);
    Instant fire = schedules.next(site, health.since());
    boolean comes = fire != null && !fire.isAfter(wall) && up.compareTo(FIRE_GRACE_PERIOD) < 0;
    return comes || isOpen(site.name(), wall);
  }

  /** A run that was queued before the start, or one for a time that had passed by then. */
  private boolean isOpen(String site, Instant start) {
    return jdbc.query(
            """
            select queued_at, trigger_kind, request_id from run where site = ? and state = 'queued'
            union all
            select queued_at, trigger_kind, request_id from run where site = ? and state = 'running'
            """,
            (row, number) ->
                !SqlTime.instant(row, "queued_at").isAfter(start)
                    || row.getString("trigger_kind").equals("schedule")
                        && isForMissedFire(row.getString("request_id"), start),
            site,
            site)
        .contains(true);
  }

  private static boolean isForMissedFire(String request, Instant start) {
    Instant fire = RequestId.fireTime(request);
    return fire != null && !fire.isAfter(start);
  }
}
