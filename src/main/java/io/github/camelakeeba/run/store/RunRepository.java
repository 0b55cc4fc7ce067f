package io.github.camelakeeba.run.store;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunPhase;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes this node's runs; repeated until the store accepts it: no run continues without it. */
public final class RunRepository {
  private final Database database;
  private final SiteHealthStore siteHealth;
  private final RunStartTimes startTimes;
  private final EventJson json = new EventJson();

  public RunRepository(Database database, SteadyClock clock) {
    this.startTimes = new RunStartTimes(clock);
    this.database = database;
    this.siteHealth = new SiteHealthStore(database);
  }

  /**
   * Writes the state of the backup; where the next call follows at once, also that it is about to
   * be sent. Throws {@link ClaimLostException} when the run is not this node's any more.
   */
  public Run checkpoint(Run run) {
    BackupProgress backup = run.backup();
    String next = run.phase() == RunPhase.STEP && run.pause() == 0 ? "stepBackup" : null;
    writeAsOwner(
        run,
        """
        backupid = ?, record_id = ?, archive = ?, domain = ?, step = ?, step_number = ?, steps = ?,
        progress = ?, sleep_time = ?, has_run = ?, answered_at = ?, lost = ?, newest_record = ?,
        retries_untrusted = ?, warning_count = ?, warnings = ?, attempts = ?, recoveries = ?,
        sending = ?, error_kind = ?, error_message = ?, expected_rows = ?
        """,
        backup.backupid(),
        backup.recordId(),
        backup.archive(),
        backup.domain(),
        backup.step(),
        backup.stepNumber(),
        backup.steps(),
        backup.progress(),
        backup.sleepTime(),
        backup.hasRun(),
        SqlTime.of(backup.answeredAt()),
        run.journal().lostResponses(),
        run.journal().newestRecord(),
        run.retries().untrusted(),
        run.warnings().count(),
        RunRowMapper.json(run.warnings().texts()),
        run.attempts(),
        run.recoveries(),
        next,
        kind(run),
        message(run),
        RunRowMapper.json(backup.expectedRows().tables()));
    return withCall(run, next);
  }

  private static String kind(Run run) {
    return run.failure() == null ? null : run.failure().kind().word();
  }

  private static String message(Run run) {
    return run.failure() == null ? null : run.failure().message();
  }

  private static Run withCall(Run run, String method) {
    Instant when = method == null ? run.journal().notedAt() : Instant.now();
    return run.with(run.journal().withInFlight(method, when));
  }

  public Run saveDescription(Run run) {
    writeAsOwner(run, "description = ?", run.request().description());
    return run;
  }

  /** Notes that this call is about to be sent: a crash in it differs from one before it. */
  public Run recordCall(Run run, String method) {
    writeAsOwner(
        run,
        "sending = ?, attempts = ?, newest_record = ?, lost = ?, backupid = ?",
        method,
        run.attempts(),
        run.journal().newestRecord(),
        run.journal().lostResponses(),
        run.backup().backupid());
    return withCall(run, method);
  }

  /** Notes that startBackup is about to be sent, and where to. */
  public Run recordStartCall(Run run, RunSite.StartLocation begun) {
    writeAsOwner(run, "begun_url = ?, begun_endpoint = ?", begun.url(), begun.endpoint());
    return recordCall(run, "startBackup");
  }

  RunSite.StartLocation startLocation(Run run) {
    return database
        .retry(
            () ->
                database
                    .sql(
                        "select begun_url, begun_endpoint from run where id = ? and begun_url is not null")
                    .param(run.id())
                    .query(
                        (row, number) ->
                            new RunSite.StartLocation(row.getString(1), row.getString(2)))
                    .optional())
        .orElse(null);
  }

  /** Queues the run until it is due, or at once if it is to stop; its site stays active. */
  public Run postpone(Run run, Instant dueAt) {
    requireOwner(
        run,
        () ->
            updateOwned(
                    run,
                    """
                    state = 'queued', sending = null, owner = null,
                    due_at = case when stop_asked is null then ? else queued_at end, put_off_at = ?,
                    retries_unreachable = ?, error_kind = ?, error_message = ?
                    """,
                    SqlTime.of(dueAt),
                    SqlTime.of(Instant.now()),
                    run.retries().unreachable(),
                    kind(run),
                    message(run))
                // or it is written already: the store had gone after the commit
                + database.count(
                    "run where id = ? and owner is null and claim = ? and state = 'queued'",
                    run.id(),
                    run.claim()));
    return run;
  }

  /** Counts a failure of ours, and gives the run; nothing where it is not running here any more. */
  public Optional<Run> recordInternalFailure(Run run) {
    int met = database.retry(() -> updateOwned(run, "internal_failures = internal_failures + 1"));
    return met == 0 ? Optional.empty() : find(run.id());
  }

  /** The first checkpoint after the start, and that the record is ours; in an open transaction. */
  public Run recordStarted(Run run) {
    recordOwnBackup(run, run.backup().backupid(), run.backup().recordId());
    return checkpoint(run);
  }

  public void recordOwnBackup(Run run, String backupid, Long recordId) {
    database.retry(
        () ->
            database
                .sql("insert into own_record (site, run, backupid, record_id) values (?, ?, ?, ?)")
                .params(run.site(), run.id(), backupid, recordId)
                .update());
  }

  /** Ends the run in one transaction; what is written already is not written again. */
  public void end(Run run, Runnable write) {
    database.retryInTransaction(
        () -> {
          if (countWrittenEnd(run) == 0) {
            write.run();
            if (countWrittenEnd(run) == 0) {
              throw new IllegalStateException("no end of run " + run.id() + " was written");
            }
          }
          startTimes.remove(run);
          return run;
        });
  }

  /** The health of the run's site before this end of the run, which is written. */
  public SiteHealth siteEnded(Run run) {
    return siteHealth.recordEnd(run);
  }

  /** Writes the run's end and its event; throws {@link ClaimLostException}. */
  public void writeEnd(Run run, Event event) {
    writeAsOwner(
        run,
        """
        state = ?, active_site = null, started_at = ?, ended_at = ?, sending = null, parts = ?,
        size = ?, archive = ?, has_run = false, error_kind = ?, error_message = ?, outcome = ?
        """,
        run.state().word(),
        SqlTime.of(run.startedAt()),
        SqlTime.of(run.endedAt()),
        run.backup().parts(),
        run.backup().size(),
        run.backup().archive(),
        kind(run),
        message(run),
        json.write(event));
  }

  /** 1 when exactly this end is written already: the store had gone after the commit. */
  private int countWrittenEnd(Run run) {
    return database.count(
        "run where id = ? and owner = ? and claim = ? and state = ? and ended_at = ?",
        run.id(),
        run.owner(),
        run.claim(),
        run.state().word(),
        SqlTime.of(run.endedAt()));
  }

  private void writeAsOwner(Run run, String columns, Object... values) {
    requireOwner(run, () -> updateOwned(run, columns, values));
  }

  /** The write is repeated until the store accepts it; then it must have updated a row. */
  private void requireOwner(Run run, Supplier<Integer> write) {
    if (database.retry(write) == 0) {
      throw new ClaimLostException(run.id());
    }
  }

  /** The fence: 0 when the run has ended, or another claim has it. */
  private int updateOwned(Run run, String columns, Object... values) {
    return database
        .sql(
            "update run set "
                + columns
                + " where id = ? and owner = ? and claim = ? and state = 'running'")
        .params(values)
        .params(run.id(), run.owner(), run.claim())
        .update();
  }

  /** The run of this id, with its times as {@link #toSteadyTime} has them. */
  public Optional<Run> find(String id) {
    return database.retry(() -> RunRowMapper.find(database, id)).map(this::toSteadyTime);
  }

  /** A run that this node goes to work on: its time is measured by a clock that makes no jumps. */
  public Run toSteadyTime(Run stored) {
    return startTimes.toSteadyTime(stored);
  }

  /** The run with its times by the wall clock, as they are stored and reported. */
  public Run toWallTime(Run run) {
    return startTimes.toWallTime(run);
  }

  public boolean isOurs(String site, BackupRecord record) {
    String own =
        "own_record where site = ? and backupid = ? and (record_id is null or record_id = ?)";
    return database.retry(() -> database.count(own, site, record.backupid(), record.id())) > 0;
  }
}
