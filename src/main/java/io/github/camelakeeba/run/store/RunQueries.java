package io.github.camelakeeba.run.store;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.PastRun;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads runs; throws when the store is unavailable. */
public final class RunQueries {
  private final Database database;
  private final EventJson json = new EventJson();

  public RunQueries(Database database) {
    this.database = database;
  }

  public Optional<Run> find(String id) {
    return RunRowMapper.find(database, id);
  }

  public Optional<RunView> view(String id) {
    return database.sql("select * from run where id = ?").param(id).query(this::toView).optional();
  }

  private RunView toView(ResultSet row, int number) throws SQLException {
    String outcome = row.getString("outcome");
    return RunView.of(
        RunRowMapper.MAPPER.mapRow(row, number), outcome == null ? null : json.read(outcome));
  }

  /** Which runs to list; null: any; before: only those that were queued before this one. */
  public record RunFilter(String site, String state, Run before, int limit) {}

  public List<RunView> newest(RunFilter filter) {
    StringBuilder sql = new StringBuilder("select * from run where true");
    List<Object> arguments = new ArrayList<>();
    if (filter.site() != null) {
      sql.append(" and site = ?");
      arguments.add(filter.site());
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

  /** The site's run that was begun and is not over, else the newest queued one, else its newest. */
  public Optional<Run> newest(String site) {
    return database
        .sql(
            """
            select * from run where site = ?
            order by case when state = 'running' then 0 when active_site is not null then 1
              when state = 'queued' then 2 else 3 end, queued_at desc, id limit 1
            """)
        .param(site)
        .query(RunRowMapper.MAPPER)
        .optional();
  }

  public Optional<Run> lastGood(String site) {
    return database
        .sql(
            "select * from run where site = ? and state in ('completed', 'warning') "
                + "order by ended_at desc limit 1")
        .param(site)
        .query(RunRowMapper.MAPPER)
        .optional();
  }

  /** How the site's last runs ended, at most so many, newest last. */
  public List<PastRun> lastEnded(String site, int most) {
    return database
        .sql(
            "select state, ended_at from run where site = ? and ended_at is not null "
                + "order by queued_at desc limit ?")
        .params(site, most)
        .query((row, n) -> new PastRun(row.getString("state"), SqlTime.instant(row, "ended_at")))
        .list()
        .stream()
        .sorted(Comparator.comparing(PastRun::endedAt))
        .toList();
  }
}
