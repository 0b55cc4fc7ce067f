package io.github.camelakeeba.run.store;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.PastRun;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.support.SqlArrayValue;

/** Reads runs; throws when the store is unavailable. */
public final class RunQueries {
  /** What no view shows and is large stays unread: comment, warnings, timeline. */
  private static final String VIEWED =
      """
      select id, request_id, site, trigger_kind, requested_by, profile, description, due_at, state, backupid,
        record_id, archive, parts, size, domain, step, step_number, steps, progress, sleep_time,
        has_run, answered_at, sending, lost, newest_record, warning_count, error_kind,
        error_message, attempts, recoveries, retries_unreachable, retries_untrusted,
        internal_failures, queued_at, started_at, ended_at, owner, claim, taken_from, taken_until,
        '' as comment_text, '{}' as overrides, '{}' as expected_rows, '[]' as warnings
      """;

  private static final String WITH_OUTCOME = VIEWED + ", outcome from run ";

  private static final String OPEN =
      VIEWED + "from run where %s and site = any(?) order by %s limit ?";

  /**
   * The order begins with the site: H2 reads one row where it has an index of just that order. By
   * {@code between}, which PostgreSQL does not take for one value, it uses that index too; else it
   * may go through the runs of all sites for one that has none.
   */
  static final String NEWEST =
      VIEWED
          + """
      from (
        select coalesce(
          (select a.id from run a where a.active_site = s.name),
          (select q.id from run q where q.site = s.name and q.state = 'queued'
            order by q.queued_at desc limit 1),
          (select n.id from run n where n.site between s.name and s.name
            order by n.site, n.queued_at desc, n.id desc limit 1)) as newest
        from unnest(cast(? as varchar(64) array)) as s (name)) sites
      join run on run.id = sites.newest
      """;

  static final String LAST_GOOD =
      """
      select size, ended_at from run
      where site = ? and profile = ? and state in ('completed', 'warning') and ended_at is not null
      order by site, profile, ended_at desc, id desc limit 1
      """;

  static final String LAST_ENDED =
      """
      select state, ended_at from run where site between ? and ? and ended_at is not null
      order by site, queued_at desc, id desc limit ?
      """;

  private final Database database;
  private final EventJson json = new EventJson();

  public RunQueries(Database database) {
    this.database = database;
  }

  public Optional<Run> find(String id) {
    return RunRowMapper.find(database, id);
  }

  public Optional<RunView> view(String id) {
    return database.sql(WITH_OUTCOME + "where id = ?").param(id).query(this::toView).optional();
  }

  /** What is running, at most so many. */
  public List<RunView> running(int most) {
    return database
        .sql(WITH_OUTCOME + "where running_on >= '' order by running_on, id limit ?")
        .param(most)
        .query(this::toView)
        .list();
  }

  /** The ids of the runs that have ended since then, the newest, at most so many. */
  public List<String> endedSince(Instant since, int most) {
    return database
        .sql("select id from run where ended_at >= ? order by ended_at desc limit ?")
        .params(SqlTime.of(since), most)
        .query(String.class)
        .list();
  }

  /** Runs by their ids, with their outcomes, the first that has ended first. */
  public List<RunView> views(Collection<String> ids) {
    return database
        .sql(WITH_OUTCOME + "where id = any(?) order by ended_at, id")
        .param(new SqlArrayValue("varchar", ids.toArray()))
        .query(this::toView)
        .list();
  }

  private RunView toView(ResultSet row, int number) throws SQLException {
    String outcome = row.getString("outcome");
    return RunView.of(
        RunRowMapper.MAPPER.mapRow(row, number), outcome == null ? null : json.read(outcome));
  }

  /**
   * Which runs to list; null: any.
   *
   * @param of only those of these sites
   * @param before only those that were queued before this one
   */
  public record RunFilter(
      String site, Collection<String> of, String state, Run before, int limit) {}

  public List<RunView> newest(RunFilter filter) {
    StringBuilder sql = new StringBuilder(WITH_OUTCOME).append("where true");
    List<Object> arguments = new ArrayList<>();
    if (filter.site() != null) {
      sql.append(" and site = ?");
      arguments.add(filter.site());
    }
    if (filter.of() != null) {
      sql.append(
          " and site in (select s.name from unnest(cast(? as varchar(64) array)) as s (name))");
      arguments.add(new SqlArrayValue("varchar", filter.of().toArray()));
    }
    if (filter.state() != null) {
      sql.append(" and state = ?");
      arguments.add(filter.state());
    }
    if (filter.before() != null) {
      sql.append(" and (queued_at < ? or queued_at = ? and id < ?)");
      OffsetDateTime queued = SqlTime.of(filter.before().queuedAt());
      arguments.addAll(List.of(queued, queued, filter.before().id()));
    }
    sql.append(" order by queued_at desc, id desc limit ?");
    arguments.add(filter.limit());
    return database.sql(sql.toString()).params(arguments).query(this::toView).list();
  }

  public Optional<Event> outcome(String id) {
    return database
        .sql("select outcome from run where id = ? and outcome is not null")
        .param(id)
        .query(String.class)
        .optional()
        .map(json::read);
  }

  /** As {@link #newestOf}, of one site. */
  public Optional<RunView> newest(String site) {
    return Optional.ofNullable(newestOf(List.of(site)).get(site));
  }

  /**
   * By site its run that was begun and is not over, else the newest queued one, else its newest;
   * without outcomes. Each is found by an index, however long the history is.
   */
  public Map<String, RunView> newestOf(Collection<String> sites) {
    Map<String, RunView> newest = new HashMap<>();
    database
        .sql(NEWEST)
        .param(new SqlArrayValue("varchar", sites.toArray()))
        .query(RunRowMapper.MAPPER)
        .list()
        .forEach(run -> newest.put(run.site(), RunView.of(run, null)));
    return newest;
  }

  /** The sites with a run that is queued or running; by the indexes of these. */
  public Set<String> openSites() {
    return new HashSet<>(
        database
            .sql(
                """
                select site from run where waiting >= 0
                union all select site from run where running_on >= ''
                """)
            .query(String.class)
            .list());
  }

  /** Runs that have not ended, of these sites: the running first, each in order of their begin. */
  public List<RunView> open(Collection<String> sites, int most) {
    SqlArrayValue names = new SqlArrayValue("varchar", sites.toArray());
    return Stream.of(
            OPEN.formatted("running_on >= ''", "started_at, id"),
            OPEN.formatted("waiting >= 0", "waiting, due_at, queued_at, id"))
        .flatMap(
            sql -> database.sql(sql).params(names, most).query(RunRowMapper.MAPPER).list().stream())
        .limit(most)
        .map(run -> RunView.of(run, null))
        .toList();
  }

  /** Why these runs failed, by their ids; of one that is forgotten nothing. */
  public Map<String, RunFailure> failures(Collection<String> ids) {
    Map<String, RunFailure> failures = new HashMap<>();
    if (!ids.isEmpty()) {
      database
          .sql(
              """
              select id, error_kind, error_message from run
              where id = any(?) and error_kind is not null
              """)
          .param(new SqlArrayValue("varchar", ids.toArray()))
          .query(
              row -> {
                failures.put(
                    row.getString(1),
                    new RunFailure(ErrorKind.of(row.getString(2)), row.getString(3)));
              });
    }
    return failures;
  }

  /** The runs of the site that made or verified the backup with this backupid, the last first. */
  public List<Run> ofBackup(String site, String backupid) {
    return database
        .sql(
            """
            select * from run where site between ? and ? and backupid = ?
            order by site, queued_at desc, id desc limit 20
            """)
        .params(site, site, backupid)
        .query(RunRowMapper.MAPPER)
        .list();
  }

  /** A good backup: the bytes of its archive, and when it had ended. */
  public record GoodBackup(long size, Instant endedAt) {}

  /** The last good backup of the site and profile. */
  public Optional<GoodBackup> lastGood(String site, int profile) {
    return database
        .sql(LAST_GOOD)
        .params(site, profile)
        .query((row, n) -> new GoodBackup(row.getLong("size"), SqlTime.instant(row, "ended_at")))
        .optional();
  }

  /** How the site's last runs ended, at most so many, newest last. */
  public List<PastRun> lastEnded(String site, int most) {
    return database
        .sql(LAST_ENDED)
        .params(site, site, most)
        .query((row, n) -> new PastRun(row.getString("state"), SqlTime.instant(row, "ended_at")))
        .list()
        .stream()
        .sorted(Comparator.comparing(PastRun::endedAt))
        .toList();
  }
}
