package io.github.camelakeeba.run.store;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunPhase;
import io.github.camelakeeba.run.timeline.RunTimeline;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.RowChange;
import io.github.camelakeeba.store.SqlTime;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes this node's runs; repeated until the store accepts it: no run continues without it. */
public final class RunRepository {
  private static final String NEXT_STEP = "stepBackup";
  private static final String UPDATE = "update run set ";

  /** A longer wait for others to share a commit with saves little. */
  private static final long MAX_PATIENCE_MILLIS = 10;

  /**
   * An update that takes the entries of the run's timeline along, unless they are there: a write is
   * repeated after a commit of which nobody knows, and two threads of a download may take the same.
   */
  private static final String NOTING_UPDATE =
      UPDATE
          + """
          timeline = case when noted < %s and position(cast(? as varchar) in timeline) = 0
            then timeline || cast(? as varchar) else timeline end,
          noted = case when position(cast(? as varchar) in timeline) = 0
            then noted + ? else noted end,
          """
              .formatted(RunTimeline.MAX_ENTRIES);

  /** The fence: no row is updated when the run has ended, or another claim has it. */
  private static final String IF_OURS =
      " where id = ? and owner = ? and claim = ? and state = 'running'";

  /** The fence of a note that a call is about to be sent: none is after a user's stop. */
  private static final String IF_NOT_STOPPED = IF_OURS + " and stop_asked is null";

  private static final String STATE =
      UPDATE
          + """
          backupid = ?, record_id = ?, archive = ?, domain = ?, step = ?, step_number = ?, steps = ?,
          progress = ?, sleep_time = ?, has_run = ?, answered_at = ?, lost = ?, newest_record = ?,
          retries_untrusted = ?, warning_count = ?, warnings = ?, attempts = ?, recoveries = ?,
          sending = ?, error_kind = ?, error_message = ?, expected_rows = ?
          """;
  private static final String CALL =
      "sending = ?, attempts = ?, newest_record = ?, lost = ?, backupid = ?" + IF_NOT_STOPPED;
  private static final String START_CALL = UPDATE + "begun_url = ?, begun_endpoint = ?, " + CALL;

  private final Database database;
  private final StopRequests stops;
  private final SiteHealthStore siteHealth;
  private final RunStartTimes startTimes;
  private final RunTimeline timeline = new RunTimeline();
  private final EventJson json = new EventJson();

  public RunRepository(Database database, SteadyClock clock) {
    this.startTimes = new RunStartTimes(clock);
    this.database = database;
    this.stops = new StopRequests(database);
    this.siteHealth = new SiteHealthStore(database);
  }

  /**
   * Notes what has happened in the run, for people: the next write of the run stores it, and an
   * entry that can't be stored is dropped.
   */
  public void note(Run run, String kind, String text) {
    timeline.note(run, kind, text);
  }

  /** This process is through with this claim of the run. */
  public void release(Run run) {
    timeline.forget(run);
  }

  /**
   * Writes the state of the backup; where the next call follows at once, also that it is about to
   * be sent, unless a user has asked for a stop. Throws {@link ClaimLostException} when the run is
   * not this node's any more.
   */
  public Run checkpoint(Run run) {
    return checkpoint(run, List.of());
  }

  private Run checkpoint(Run run, List<RowChange> then) {
    if (run.phase() == RunPhase.STEP && run.pause() == 0) {
      Optional<Instant> noted = write(run, STATE + IF_NOT_STOPPED, state(run, NEXT_STEP), then);
      if (noted.isPresent()) {
        return run.with(run.journal().withInFlight(NEXT_STEP, noted.get()));
      }
    }
    requireOwner(run, write(run, STATE + IF_OURS, state(run, null), then));
    return run.with(run.journal().withInFlight(null, run.journal().notedAt()));
  }

  private static List<Object> state(Run run, String next) {
    BackupProgress backup = run.backup();
    return Arrays.asList(
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
  }

  private static String kind(Run run) {
    return run.failure() == null ? null : run.failure().kind().word();
  }

  private static String message(Run run) {
    return run.failure() == null ? null : run.failure().message();
  }

  public Run saveDescription(Run run) {
    String sql = UPDATE + "description = ?" + IF_OURS;
    requireOwner(run, write(run, sql, List.of(run.request().description()), List.of()));
    return run;
  }

  /**
   * Notes that a step is about to be sent: a crash in it differs from one before it. Throws {@code
   * stopped} when a user has asked for that, and {@link ClaimLostException}.
   */
  public Run recordStepCall(Run run) {
    return recordCall(run, NEXT_STEP, UPDATE + CALL, List.of());
  }

  /** The same of startBackup, and where to. */
  public Run recordStartCall(Run run, RunSite.StartLocation begun) {
    return recordCall(run, "startBackup", START_CALL, Arrays.asList(begun.url(), begun.endpoint()));
  }

  private Run recordCall(Run run, String method, String sql, List<Object> place) {
    List<Object> values = new ArrayList<>(place);
    values.add(method);
    values.add(run.attempts());
    values.add(run.journal().newestRecord());
    values.add(run.journal().lostResponses());
    values.add(run.backup().backupid());
    Optional<Instant> noted = write(run, sql, values, List.of());
    if (noted.isEmpty()) {
      database.retry(() -> stops.checkOurs(run));
    }
    return run.with(run.journal().withInFlight(method, requireOwner(run, noted)));
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
    String sql =
        UPDATE
            + """
            state = 'queued', sending = null, owner = null,
            due_at = case when stop_asked is null then ? else queued_at end, put_off_at = ?,
            retries_unreachable = ?, error_kind = ?, error_message = ?
            """
            + IF_OURS;
    List<Object> values =
        Arrays.asList(
            SqlTime.of(dueAt),
            SqlTime.of(Instant.now()),
            run.retries().unreachable(),
            kind(run),
            message(run));
    Optional<Instant> written = write(run, sql, values, List.of());
    if (written.isEmpty() && !isPostponed(run)) {
      throw new ClaimLostException(run.id());
    }
    return run;
  }

  /** Whether it is written already: the store had gone after the commit. */
  private boolean isPostponed(Run run) {
    String postponed = "run where id = ? and owner is null and claim = ? and state = 'queued'";
    return database.retry(() -> database.count(postponed, run.id(), run.claim())) > 0;
  }

  /** Counts a failure of ours, and gives the run; nothing where it is not running here any more. */
  public Optional<Run> recordInternalFailure(Run run) {
    String sql = UPDATE + "internal_failures = internal_failures + 1" + IF_OURS;
    return write(run, sql, List.of(), List.of()).flatMap(written -> find(run.id()));
  }

  /**
   * The first checkpoint after the start; that the record is ours, and these rows of the outbox,
   * are written with it or not at all.
   */
  public Run recordStarted(Run run, List<RowChange> outbox) {
    List<RowChange> then = new ArrayList<>(outbox);
    then.add(ownBackup(run, run.backup().backupid(), run.backup().recordId()));
    return checkpoint(run, then);
  }

  public void recordOwnBackup(Run run, String backupid, Long recordId) {
    RowChange own = ownBackup(run, backupid, recordId);
    database.retry(() -> database.groups().update(own));
  }

  private static RowChange ownBackup(Run run, String backupid, Long recordId) {
    return RowChange.of(
        "insert into own_record (site, run, backupid, record_id) values (?, ?, ?, ?)",
        run.site(),
        run.id(),
        backupid,
        recordId);
  }

  /** Ends the run in one transaction; what is written already is not written again. */
  public void end(Run run, Runnable write) {
    boolean noted = !timeline.waiting(run).isEmpty();
    try {
      endInTransaction(run, write);
    } catch (RuntimeException e) {
      if (!noted || !timeline.waiting(run).isEmpty()) {
        throw e;
      }
      endInTransaction(run, write); // without its timeline's last entries, which were dropped
    }
    timeline.forget(run);
  }

  private void endInTransaction(Run run, Runnable write) {
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

  /**
   * The health of the run's site before this end of the run, which is written.
   *
   * @param late the backup is good, but too old to end what is wrong with the site
   */
  public SiteHealth siteEnded(Run run, boolean late) {
    return siteHealth.recordEnd(run, late);
  }

  /** Writes the run's end and its event; throws {@link ClaimLostException}. */
  public void writeEnd(Run run, Event event) {
    String sql =
        UPDATE
            + """
            state = ?, active_site = null, started_at = ?, ended_at = ?, sending = null, parts = ?,
            size = ?, archive = ?, has_run = false, error_kind = ?, error_message = ?, outcome = ?
            """
            + IF_OURS;
    List<Object> values =
        Arrays.asList(
            run.state().word(),
            SqlTime.of(run.startedAt()),
            SqlTime.of(run.endedAt()),
            run.backup().parts(),
            run.backup().size(),
            run.backup().archive(),
            kind(run),
            message(run),
            json.write(event));
    requireOwner(run, write(run, sql, values, List.of()));
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

  /**
   * Repeated until the store accepts it. Gives a time before it did, or nothing where no row was
   * updated: a process that is paused after the commit must not take what it wrote for new.
   */
  private Optional<Instant> write(Run run, String sql, List<Object> set, List<RowChange> then) {
    List<String> entries = timeline.waiting(run);
    if (entries.isEmpty()) {
      return update(run, sql, set, then);
    }
    String lines = String.join("", entries);
    List<Object> values = new ArrayList<>(List.of(lines, lines, lines, entries.size()));
    values.addAll(set);
    boolean partOfMore = TransactionSynchronizationManager.isActualTransactionActive();
    try {
      String noting = NOTING_UPDATE + sql.substring(UPDATE.length());
      Optional<Instant> written = update(run, noting, values, then);
      if (written.isPresent() && !partOfMore) {
        timeline.written(run, entries);
      }
      return written;
    } catch (DataAccessException e) {
      if (!timeline.drop(run, e) || partOfMore) {
        throw e;
      }
      return update(run, sql, set, then);
    }
  }

  private Optional<Instant> update(Run run, String sql, List<Object> set, List<RowChange> then) {
    List<Object> values = new ArrayList<>(set);
    Collections.addAll(values, run.id(), run.owner(), run.claim());
    RowChange change = new RowChange(sql, values);
    return database.retry(
        () -> {
          Instant before = Instant.now();
          int updated = database.groups().update(change, then, patience(run));
          return updated == 0 ? Optional.<Instant>empty() : Optional.of(before);
        });
  }

  /** Of the two writes of a step together a hundredth of the wait that the site asks for. */
  private static Duration patience(Run run) {
    return Duration.ofMillis(Math.min(MAX_PATIENCE_MILLIS, run.pause() / 200));
  }

  private static Instant requireOwner(Run run, Optional<Instant> written) {
    return written.orElseThrow(() -> new ClaimLostException(run.id()));
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
