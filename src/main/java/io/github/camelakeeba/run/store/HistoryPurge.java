package io.github.camelakeeba.run.store;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.JdbcTemplate;

/** Forgets ended runs and delivered messages that are older than {@code history.keep}. */
public final class HistoryPurge {
  private static final int BATCH = 1_000;

  private final JdbcTemplate jdbc;
  private final Duration keep;
  private final Clock clock;

  public HistoryPurge(Database database, Duration keep, Clock clock) {
    this.jdbc = database.jdbc();
    this.keep = keep;
    this.clock = clock;
  }

  public void purgeAll() {
    while (purge()) {
      // each in a transaction of its own
    }
  }

  /**
   * Deletes up to 1,000 runs and up to 1,000 messages; gives whether there may be more. The newest
   * good run of a site and profile stays, since later ones are compared with it; and so does the
   * failed one of which people are reminded.
   */
  public boolean purge() {
    OffsetDateTime before = SqlTime.of(clock.instant().minus(keep));
    int runs =
        jdbc.update(
            """
            delete from run where id in (
              select r.id from run r
              where r.ended_at < ? and r.state in ('completed', 'warning', 'failed')
                and not exists (select 1 from standing s where s.site = r.site and s.failed_run = r.id)
                and (r.state = 'failed' or exists (
                  select 1 from run g
                  where g.site = r.site and g.profile = r.profile
                    and g.state in ('completed', 'warning')
                    and (g.ended_at > r.ended_at or g.ended_at = r.ended_at and g.id > r.id)))
              limit ?)
            """,
            before,
            BATCH);
    int messages =
        jdbc.update(
            "delete from outbox where id in (select id from outbox where delivered_at < ? limit ?)",
            before,
            BATCH);
    int records =
        jdbc.update(
            """
            delete from own_record where id in (
              select o.id from own_record o
              where not exists (select 1 from run where run.id = o.run) limit ?)
            """,
            BATCH);
    return runs == BATCH || messages == BATCH || records == BATCH;
  }
}
