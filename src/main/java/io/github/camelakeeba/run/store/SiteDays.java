package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.SiteDay;
import io.github.camelakeeba.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * How the sites did on each day: a row a site and day of UTC. It is written in the transaction of
 * what it counts, so that it counts it once; whoever writes has locked the site's health before.
 */
public final class SiteDays {
  private final Database database;

  public SiteDays(Database database) {
    this.database = database;
  }

  static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  static long durationMillis(Run run) {
    return Duration.between(run.startedAt(), run.endedAt()).toMillis();
  }

  /** Counts a run that has ended. */
  void recordEnd(Run run) {
    boolean good = run.state() != RunState.FAILED;
    count(
        run.site(),
        run.endedAt(),
        run.state().word(),
        good ? run.backup().size() : null,
        good ? durationMillis(run) : null);
  }

  /** Counts a report that the site has no good backup for too long. */
  void recordMissed(String site, Instant at) {
    count(site, at, "missed", null, null);
  }

  /** The state is also the name of the column that counts it. */
  private void count(String site, Instant at, String state, Long size, Long durationMillis) {
    String insert =
        """
        insert into site_day (site, utc_day, worst, %s, size, duration_ms)
        values (:site, :day, :state, 1, :size, :duration) on conflict do nothing
        """;
    String update =
        """
        update site_day set %1$s = %1$s + 1,
          worst = case when 'missed' in (worst, :state) then 'missed'
            when 'failed' in (worst, :state) then 'failed'
            when 'warning' in (worst, :state) then 'warning' else 'completed' end,
          size = coalesce(cast(:size as bigint), size),
          duration_ms = coalesce(cast(:duration as bigint), duration_ms)
        where site = :site and utc_day = :day
        """;
    for (String sql : List.of(insert, update)) {
      int written =
          database
              .sql(sql.formatted(state))
              .param("site", site)
              .param("day", dayOf(at))
              .param("state", state)
              .param("size", size)
              .param("duration", durationMillis)
              .update();
      if (written > 0) {
        return;
      }
    }
  }

  /** The days of these sites from this one on, by site, the oldest first. */
  public List<SiteDay> since(LocalDate first, Collection<String> sites) {
    return database
        .sql(
            """
            select * from site_day where site = any(?) and utc_day >= ? order by site, utc_day
            """)
        .params(new SqlArrayValue("varchar", sites.toArray()), first)
        .query(SiteDays::day)
        .list();
  }

  /**
   * How the runs of a day ended, as lists show it.
   *
   * @param worst as in {@link SiteDay}
   * @param durationMillis how long the day's last good backup took; null: there was none
   */
  public record DayEnd(LocalDate day, String worst, Long durationMillis) {}

  /** The same by site, of a site without any nothing. */
  public Map<String, List<DayEnd>> ends(LocalDate first, Collection<String> sites) {
    Map<String, List<DayEnd>> ends = new HashMap<>();
    database
        .sql(
            """
            select site, utc_day, worst, duration_ms from site_day
            where site = any(?) and utc_day >= ?
            """)
        .params(new SqlArrayValue("varchar", sites.toArray()), first)
        .query(
            row -> {
              ends.computeIfAbsent(row.getString(1), site -> new ArrayList<>(31))
                  .add(
                      new DayEnd(
                          row.getObject(2, LocalDate.class),
                          row.getString(3),
                          row.getObject(4, Long.class)));
            });
    return ends;
  }

  private static SiteDay day(ResultSet row, int number) throws SQLException {
    return new SiteDay(
        row.getString("site"),
        row.getObject("utc_day", LocalDate.class).toString(),
        row.getString("worst"),
        row.getInt("completed"),
        row.getInt("warning"),
        row.getInt("failed"),
        row.getInt("missed"),
        row.getObject("size", Long.class),
        row.getObject("duration_ms", Long.class),
        row.getString("worst").substring(0, 1));
  }
}
