package io.github.camelakeeba.run;

import io.github.camelakeeba.run.RunRefusedException.Reason;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stops runs for users. One that has no start or step under way ends at once, whoever works on it:
 * that node finds its claim outdated before it could send another. One that has is marked, and ends
 * when the answer is there.
 */
public final class StopDesk {
  private static final Logger LOG = LoggerFactory.getLogger(StopDesk.class);

  private final Database database;
  private final JdbcTemplate jdbc;
  private final Standings standings;
  private final Outcomes outcomes;
  private final String owner;
  private final Clock clock;

  /** The owner is this node. */
  public StopDesk(Database database, Outcomes outcomes, String owner, Clock clock) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.standings = new Standings(database);
    this.outcomes = outcomes;
    this.owner = owner;
    this.clock = clock;
  }

  /**
   * The run, ended, or marked so that it ends before its next call. Throws {@link
   * RunRefusedException} when there is none of this id ({@code UNKNOWN_RUN}) or it has ended
   * already ({@code ENDED}).
   */
  public Run stop(@Header("id") String id) {
    Run open = open(find(id, ""));
    return database
        .transaction()
        .execute(
            status -> {
              // in the order in which the end of a run locks them
              standings.locked(open.site(), clock.instant());
              Run run = open(find(id, " for update"));
              return underWay(id) ? marked(run) : ended(run);
            });
  }

  private Optional<Run> find(String id, String how) {
    return jdbc.query("select * from run where id = ?" + how, RunRow.MAPPER, id).stream()
        .findFirst();
  }

  private static Run open(Optional<Run> found) {
    Run run =
        found.orElseThrow(
            () -> new RunRefusedException(Reason.UNKNOWN_RUN, "there is no such run"));
    if (run.state() != RunState.QUEUED && run.state() != RunState.RUNNING) {
      throw new RunRefusedException(
          Reason.ENDED, "the run has ended already (%s)".formatted(run.state().word()));
    }
    return run;
  }

  /** Whether a start or a step is being sent, or is about to be, by a process that lives. */
  private boolean underWay(String id) {
    Integer count =
        jdbc.queryForObject(
            """
            select count(*) from run where id = ? and state = 'running' and sending is not null
              and exists (select 1 from node where node.id = run.owner)
            """,
            Integer.class,
            id);
    return count != null && count > 0;
  }

  private Run marked(Run run) {
    jdbc.update(
        "update run set stop_asked = coalesce(stop_asked, ?) where id = ?",
        RunRow.time(clock.instant()),
        run.id());
    LOG.info("run {} is to stop once its call is answered", run.id());
    return run;
  }

  private Run ended(Run run) {
    jdbc.update(
        "update run set state = 'running', owner = ?, claim = claim + 1, stop_asked = ? where id = ?",
        owner,
        RunRow.time(clock.instant()),
        run.id());
    Run ours = find(run.id(), "").orElseThrow();
    Run ended = outcomes.stopped(ours.failed(StopMark.why(ours)));
    LOG.info("run {} is stopped", run.id());
    return ended;
  }
}
