package io.github.camelakeeba.run.store;

import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.NodeTable;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a clock that went ahead has written counts as written now, so that nothing waits for it. */
public final class FutureTimestampRepair {
  private static final Logger LOG = LoggerFactory.getLogger(FutureTimestampRepair.class);
  private static final Duration MIN_CLOCK_SKEW = Duration.ofMinutes(1); // two nodes differ by less
  private static final Duration MAX_DELIVERY_DELAY = Duration.ofHours(1); // none is put off longer
  private static final List<String> SITE_TIMESTAMP_COLUMNS =
      List.of(
          "entered_at", "last_good_at", "failed_at", "missed_at", "reminded_at", "last_ended_at");

  private final Database database;
  private final JdbcTemplate jdbc;
  private final Map<String, Site> sites;
  private final ScheduleCalculator schedules;
  private final String owner;
  private final Clock clock;

  /** By the wall clock; the owner is this node's id. */
  public FutureTimestampRepair(
      Database database,
      Map<String, Site> sites,
      ScheduleCalculator schedules,
      String owner,
      Clock clock) {
    this.owner = owner;
    this.sites = sites;
    this.schedules = schedules;
    this.database = database;
    this.jdbc = database.jdbc();
    this.clock = clock;
  }

  public void repair() {
    Instant instant = clock.instant();
    OffsetDateTime now = SqlTime.of(instant);
    OffsetDateTime future = SqlTime.of(instant.plus(MIN_CLOCK_SKEW));
    int rows =
        database
            .transaction()
            .execute(
                status ->
                    repairFireTimes(instant, future)
                        + repairRuns(now, future)
                        + repairDeliveries(now, future)
                        + repairPauses(now, future)
                        + SITE_TIMESTAMP_COLUMNS.stream()
                            .map(
                                "update standing set %1$s = :now, change = nextval('standing_change') where %1$s > :limit"
                                    ::formatted)
                            .mapToInt(sql -> update(sql, now, future))
                            .sum());
    if (rows > 0) {
      LOG.info("{} times that lay in the future, since a clock had gone ahead, are now", rows);
    }
  }

  /**
   * What a schedule has begun for a future time counts for the time of the schedule that is nearest
   * to when it really was: else that time, once it comes, would have its run already. Runs of
   * another node are left to that node: it may be our clock that is wrong.
   */
  private int repairFireTimes(Instant now, OffsetDateTime future) {
    List<Map<String, Object>> early =
        jdbc.queryForList(
            """
            select r.id, r.site from run r join request q on q.run = r.id and q.id = r.request_id
            where r.trigger_kind = 'schedule' and r.queued_at > ?
              and not (r.owner <> ? and
            """
                + NodeTable.ownerAlive("r")
                + ")",
            future,
            owner);
    for (Map<String, Object> run : early) {
      String id = (String) run.get("id");
      Site site = sites.get((String) run.get("site"));
      jdbc.update("delete from request where run = ? and id = ?", id, id);
      if (site != null && site.schedule() != null) {
        jdbc.update(
            "insert into request (id, run) values (?, ?) on conflict do nothing",
            RequestReader.fireId(site.name(), nearest(site, now)),
            id);
      }
      jdbc.update("update run set request_id = null where id = ?", id);
    }
    return early.size();
  }

  private Instant nearest(Site site, Instant at) {
    Instant before = schedules.scheduledFire(site, at);
    Instant after = schedules.next(site, at);
    boolean later =
        after != null && Duration.between(at, after).compareTo(Duration.between(before, at)) < 0;
    return later ? after : before;
  }

  private int repairRuns(OffsetDateTime now, OffsetDateTime future) {
    return update(
        """
        update run set due_at = due_at - (coalesce(put_off_at, queued_at)
            - cast(:now as timestamp(3) with time zone)),
          put_off_at = :now, queued_at = case when queued_at > :now then :now else queued_at end
        where waiting >= 0 and due_at > :now and coalesce(put_off_at, queued_at) > :limit
        """,
        now,
        future);
  }

  private int repairDeliveries(OffsetDateTime now, OffsetDateTime future) {
    OffsetDateTime late = now.plus(MAX_DELIVERY_DELAY);
    return update(
            """
            update outbox set due_at = due_at - (created_at - cast(:now as timestamp(3) with time zone)),
              ready_at = ready_at - (created_at - cast(:now as timestamp(3) with time zone)),
              created_at = :now
            where delivered_at is null and parked_at is null and created_at > :limit
            """,
            now,
            future)
        + update(
            """
            update outbox set due_at = :now
            where delivered_at is null and parked_at is null and waits_in is null
              and attempts > 0 and due_at > :limit
            """,
            now,
            late)
        + update(
            "update reply set due_at = :now, created_at = :now where created_at > :limit",
            now,
            future)
        + update("update reply set due_at = :now where due_at > :limit", now, late);
  }

  /** Else the schedule of a site that was resumed then does nothing until that time. */
  private int repairPauses(OffsetDateTime now, OffsetDateTime future) {
    return update("update site_pause set since = :now where since > :limit", now, future)
        + update("update site_pause set ended_at = :now where ended_at > :limit", now, future);
  }

  private int update(String sql, OffsetDateTime now, OffsetDateTime limit) {
    return database.sql(sql).param("now", now).param("limit", limit).update();
  }
}
