package io.github.camelakeeba.backup;

import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.store.RunRowMapper;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.NodeTable;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stops runs for users. One without a start or step in flight ends at once, whatever node works on
 * it: that node finds its claim outdated before it could send another. Else it is marked, and ends
 * when the response is there.
 */
public final class StopService {
  private static final Logger LOG = LoggerFactory.getLogger(StopService.class);

  private final Database database;
  private final JdbcTemplate jdbc;
  private final SiteHealthStore siteHealth;
  private final RunCompletion completion;
  private final String owner;
  private final Clock clock;

  public StopService(Database database, RunCompletion completion, String owner, Clock clock) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.siteHealth = new SiteHealthStore(database);
    this.completion = completion;
    this.owner = owner;
    this.clock = clock;
  }

  /**
   * The run, ended, or marked so that it ends before its next call. Throws {@link
   * RunRefusedException} when there is none of this id ({@code UNKNOWN_RUN}) or it has ended
   * already ({@code ENDED}).
   */
  public Run stop(@Header("id") String id) {
    Run open = requireOpen(find(id, ""));
    return database
        .transaction()
        .execute(
            status -> {
              // in the order in which the end of a run locks them
              siteHealth.lock(open.site(), clock.instant());
              Run run = requireOpen(find(id, " for update"));
              return isCallInFlight(id) ? requestStop(run) : endNow(run);
            });
  }

  private Optional<Run> find(String id, String how) {
    return jdbc.query("select * from run where id = ?" + how, RunRowMapper.MAPPER, id).stream()
        .findFirst();
  }

  private static Run requireOpen(Optional<Run> found) {
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
  private boolean isCallInFlight(String id) {
    return database.count(
            "run where id = ? and state = 'running' and sending is not null and "
                + NodeTable.ownerAlive("run"),
            id)
        > 0;
  }

  private Run requestStop(Run run) {
    jdbc.update(
        "update run set stop_asked = coalesce(stop_asked, ?) where id = ?",
        SqlTime.of(clock.instant()),
        run.id());
    LOG.info("run {} is to stop once its call is answered", run.id());
    return run;
  }

  private Run endNow(Run run) {
    jdbc.update(
        "update run set state = 'running', owner = ?, claim = claim + 1, stop_asked = ? where id = ?",
        owner,
        SqlTime.of(clock.instant()),
        run.id());
    Run ours = find(run.id(), "").orElseThrow();
    Run ended = completion.endStopped(ours.failed(StopRequests.failure(ours)));
    LOG.info("run {} is stopped", run.id());
    return ended;
  }
}
