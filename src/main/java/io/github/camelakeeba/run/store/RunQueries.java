package io.github.camelakeeba.run.store;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.PastRun;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads runs for somebody who asks how they stand; throws when the store is away. */
public final class RunQueries {
  private final JdbcTemplate jdbc;
  private final EventJson json = new EventJson();

  /** The runs of this store. */
  public RunQueries(Database database) {
    this.jdbc = database.jdbc();
  }

  /** The run of this id. */
  public Optional<Run> find(String id) {
    return jdbc.query("select * from run where id = ?", RunRowMapper.MAPPER, id).stream()
        .findFirst();
  }

  /** The run of this id as users see it. */
  public Optional<RunView> view(String id) {
    return jdbc.query("select * from run where id = ?", this::toView, id).stream().findFirst();
  }

  private RunView toView(ResultSet row, int number) throws SQLException {
    String outcome = row.getString("outcome");
    return RunView.of(
        RunRowMapper.MAPPER.mapRow(row, number), outcome == null ? null : json.read(outcome));
  }

  /**
   * Which runs somebody wants to see.
   *
   * @param site of this site only, or null
   * @param state only those in this state, or null
   * @param before only those that were queued before this one, or null
   * @param most at most so many
   */
  public record RunFilter(String site, String state, Run before, int limit) {}

  /** Those that are wanted, the newest first. */
  public List<RunView> newest(RunFilter wanted) {
    StringBuilder sql = new StringBuilder("select * from run where true");
    List<Object> arguments = new ArrayList<>();
    if (wanted.site() != null) {
      sql.append(" and site = ?");
      arguments.add(wanted.site());
    }
    if (wanted.state() != null) {
      sql.append(" and state = ?");
      arguments.add(wanted.state());
    }
    if (wanted.before() != null) {
      sql.append(" and (queued_at < ? or queued_at = ? and id < ?)");
      OffsetDateTime queued = RunRowMapper.time(wanted.before().queuedAt());
      arguments.addAll(List.of(queued, queued, wanted.before().id()));
    }
    sql.append(" order by queued_at desc, id desc limit ?");
    arguments.add(wanted.limit());
    return jdbc.query(sql.toString(), this::toView, arguments.toArray());
  }

  /** The outcome event of an ended run. */
  public Optional<Event> outcome(String id) {
    return jdbc
        .queryForList(
            "select outcome from run where id = ? and outcome is not null", String.class, id)
        .stream()
        .findFirst()
        .map(json::read);
  }

  /** The site's run that was begun and is not over, else the newest in line, else its newest. */
  public Optional<Run> newest(String site) {
    return jdbc
        .query(
            """
            select * from run where site = ?
            order by case when state = 'running' then 0 when active_site is not null then 1
              when state = 'queued' then 2 else 3 end, queued_at desc, id limit 1
            """,
            RunRowMapper.MAPPER,
            site)
        .stream()
        .findFirst();
  }

  /** The site's newest run that ended completed or with warnings. */
  public Optional<Run> lastGood(String site) {
    return jdbc
        .query(
            "select * from run where site = ? and state in ('completed', 'warning') "
                + "order by ended_at desc limit 1",
            RunRowMapper.MAPPER,
            site)
        .stream()
        .findFirst();
  }

  /** How the site's last runs ended, at most so many, newest last. */
  public List<PastRun> lastEnded(String site, int most) {
    return jdbc
        .query(
            "select state, ended_at from run where site = ? and ended_at is not null "
                + "order by queued_at desc limit ?",
            (row, number) ->
                new PastRun(row.getString("state"), RunRowMapper.instant(row, "ended_at")),
            site,
            most)
        .stream()
        .sorted(Comparator.comparing(PastRun::endedAt))
        .toList();
  }
}
