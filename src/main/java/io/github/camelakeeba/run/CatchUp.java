package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Standing;
import io.github.camelakeeba.site.Schedules;
import io.github.camelakeeba.site.Site;
import java.time.Clock;
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

  CatchUp(Schedules schedules, Database database, Clock wall) {
    this.schedules = schedules;
    this.jdbc = database.jdbc();
    this.clock = new SteadyClock(wall);
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
    Instant fire = schedules.next(site, standing.since());
    boolean comes =
        fire != null && !fire.isAfter(clock.wall(begin)) && up.compareTo(UNTIL_IT_FIRES) < 0;
    return comes || isOpen(site.name());
  }

  private boolean isOpen(String site) {
    Integer open =
        jdbc.queryForObject(
            "select count(*) from run where site = ? and state in ('queued', 'running')",
            Integer.class,
            site);
    return open != null && open > 0;
  }
}
