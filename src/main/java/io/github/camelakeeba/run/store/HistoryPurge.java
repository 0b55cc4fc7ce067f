package io.github.camelakeeba.run.store;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Forgets ended runs, the days and pauses of sites, restore tests, and delivered messages that are
 * older than {@code history.keep}.
 */
public final class HistoryPurge {
  private static final int BATCH = 1_000;

  /**
   * The newest good run of a site and profile stays, since later ones are compared with it; and so
   * does the failed one of which people are reminded. In an order that H2 has an index of: what is
   * younger is not even read.
   */
  static final String OLD_RUNS =
      """
      select r.id from run r
      where r.ended_at < ? and r.state not in ('queued', 'running')
        and not exists (select 1 from standing s where s.site = r.site and s.failed_run = r.id)
        and (r.state = 'failed' or exists (
          select 1 from run g
          where g.site = r.site and g.profile = r.profile and g.ended_at >= r.ended_at
            and g.state in ('completed', 'warning')
            and (g.ended_at > r.ended_at or g.id > r.id)))
      order by r.ended_at limit ?
      """;

  /** The last restore test of a site that proved a backup stays for ever. */
  private static final String OLD_PROOFS =
      """
      delete from proof where id in (
        select p.id from proof p
        where p.checked_at < ? and (p.verdict <> 'proved' or exists (
          select 1 from proof later
          where later.site = p.site and later.verdict = 'proved'
            and (later.checked_at > p.checked_at
              or later.checked_at = p.checked_at and later.id > p.id)))
        limit ?)
      """;

  private final JdbcTemplate jdbc;
  private final Database database;
  private final Supplier<Duration> keep;
  private final Clock clock;

  public HistoryPurge(Database database, Duration keep, Clock clock) {
    this(database, () -> keep, clock);
  }

  public HistoryPurge(Database database, Supplier<Duration> keep, Clock clock) {
    this.jdbc = database.jdbc();
    this.database = database;
    this.keep = keep;
    this.clock = clock;
  }

  public void purgeAll() {
    while (purge()) {
      // each in a transaction of its own
    }
  }

  /** Deletes up to 1,000 rows of each kind; gives whether there may be more. */
  public boolean purge() {
    Instant before = clock.instant().minus(keep.get());
    OffsetDateTime time = SqlTime.of(before);
    int runs = database.transaction().execute(status -> purgeRuns(time));
    int messages =
        jdbc.update(
            "delete from outbox where id in (select id from outbox where delivered_at < ? limit ?)",
            time,
            BATCH);
    int days =
        jdbc.update(
            """
            delete from site_day where (site, utc_day) in (
              select site, utc_day from site_day where utc_day < ? limit ?)
            """,
            SiteDays.dayOf(before),
            BATCH);
    int pauses =
        jdbc.update(
            """
            delete from site_pause where id in (
              select p.id from site_pause p
              where (p.ended_at < ? or p.until_at < ?) and not exists (
                select 1 from standing s where s.site = p.site and s.watched
                  and coalesce(p.ended_at, p.until_at) > coalesce(s.last_good_at, s.entered_at))
              limit ?)
            """,
            time,
            time,
            BATCH);
    int proofs = jdbc.update(OLD_PROOFS, time, BATCH);
    return Stream.of(runs, messages, days, pauses, proofs).anyMatch(deleted -> deleted == BATCH);
  }

  /** With the records on the sites that they had made. */
  private int purgeRuns(OffsetDateTime before) {
    List<String> old = jdbc.queryForList(OLD_RUNS, String.class, before, BATCH);
    if (!old.isEmpty()) {
      SqlArrayValue ids = new SqlArrayValue("varchar", old.toArray());
      jdbc.update("delete from own_record where run = any(?)", ids);
      jdbc.update("delete from run where id = any(?)", ids);
    }
    return old.size();
  }
}
