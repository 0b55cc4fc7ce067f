package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.config.AkeebaProduct;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.ExpectedRows;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.RowChange;
import io.github.camelakeeba.store.SampleStore;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;

/** What a run writes between two steps, and what keeps it from writing. */
@Tag("postgres")
class CheckpointTest {
  private static final SampleStore STORES = new SampleStore();

  private Database database;
  private RunRepository store;
  private RunGuard guard;

  private void open(String kind) {
    database = STORES.open(kind, 10);
    database.jdbc().update("delete from run");
    store = new RunRepository(database, new SteadyClock(Clock.systemUTC()));
    guard = new RunGuard(store, new StopRequests(database), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Run stepping(String id, long pause) {
    return SampleRuns.stepping(database, store, id, pause);
  }

  private Map<String, Object> row(Run run) {
    return database.jdbc().queryForMap("select * from run where id = ?", run.id());
  }

  private void askForStop() {
    database.jdbc().update("update run set stop_asked = current_timestamp");
  }

  private void claimElsewhere(Run run) {
    database.jdbc().update("update run set owner = 'other', claim = 2 where id = ?", run.id());
  }

  private static Run answered(Run run, int step) {
    return answered(run, step, "dump");
  }

  private static Run answered(Run run, int step, String domain) {
    BackupProgress before = run.backup();
    BackupProgress after =
        new BackupProgress(
            before.backupid(),
            7L,
            "site.jpa",
            0,
            0,
            domain,
            "table",
            step,
            step,
            10,
            before.sleepTime(),
            true,
            null,
            ExpectedRows.NONE);
    return run.with(after, run.warnings()).with(run.journal().responseReceived());
  }

  private static void assertStopped(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            AkeebaException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STOPPED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_step_without_a_pause_costs_one_statement_and_one_with_a_pause_two(String kind) {
    open(kind);
    Run quick = guard.checkStillOwner(stepping("quick", 0));
    Run slow = stepping("slow", 100);
    AtomicInteger statements = new AtomicInteger();
    database
        .dataSource()
        .setMetricsTrackerFactory(
            (pool, stats) ->
                new IMetricsTracker() {
                  @Override
                  public void recordConnectionUsageMillis(long elapsed) {
                    statements.incrementAndGet();
                  }
                });

    for (int step = 1; step <= 10; step++) {
      quick = store.checkpoint(answered(guard.checkStillOwner(quick), step));
    }
    assertThat(statements).hasValue(10);

    for (int step = 1; step <= 10; step++) {
      slow = store.checkpoint(answered(guard.checkStillOwner(slow), step));
    }
    assertThat(statements).hasValue(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void an_entry_of_the_timeline_goes_with_the_write_that_follows_and_costs_no_other(String kind) {
    open(kind);
    Run run = guard.checkStillOwner(stepping("shop", 0));
    AtomicInteger statements = new AtomicInteger();
    database
        .dataSource()
        .setMetricsTrackerFactory(
            (pool, stats) ->
                new IMetricsTracker() {
                  @Override
                  public void recordConnectionUsageMillis(long elapsed) {
                    statements.incrementAndGet();
                  }
                });

    store.note(run, "lost-answer", "The answer of step 1 was lost");
    store.note(run, "asked-site", "Asked the site:\n\tthe backup goes on");
    run = store.checkpoint(answered(guard.checkStillOwner(run), 1));
    run = store.checkpoint(answered(guard.checkStillOwner(run), 2));
    store.note(run, "verified", "Verified");
    store.checkpoint(answered(guard.checkStillOwner(run), 3));

    assertThat(statements).hasValue(3);
    assertThat(row(run)).containsEntry("noted", 3);
    assertThat(((String) row(run).get("timeline")).lines())
        .extracting(line -> line.replaceFirst("^\\S+Z\t", ""))
        .containsExactly(
            "lost-answer\tThe answer of step 1 was lost",
            "asked-site\tAsked the site: the backup goes on",
            "verified\tVerified");
  }

  /** As after a commit of which nobody knows, or where two threads of a download write. */
  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void an_entry_that_is_written_again_stands_there_once(String kind) {
    open(kind);
    Run run = guard.checkStillOwner(stepping("shop", 0));
    store.note(run, "download", "Downloading the archive of record 7");

    Run first = database.transaction().execute(status -> store.checkpoint(answered(run, 1)));
    store.checkpoint(answered(first, 2));

    assertThat(((String) row(run).get("timeline")).lines()).hasSize(1);
    assertThat(row(run)).containsEntry("noted", 1).containsEntry("step_number", 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void an_entry_that_can_not_be_written_fails_neither_checkpoint_nor_end(String kind) {
    open(kind);
    Run run = guard.checkStillOwner(stepping("shop", 0));
    database.jdbc().execute("alter table run alter column timeline type varchar(3)");
    try {
      store.note(run, "lost-answer", "The answer of step 1 was lost");
      run = store.checkpoint(answered(guard.checkStillOwner(run), 1));
      assertThat(row(run)).containsEntry("step_number", 1).containsEntry("timeline", "");

      store.note(run, "verified", "Verified");
      Run ended = run.ended(RunState.COMPLETED, Instant.now());
      store.end(ended, () -> store.writeEnd(ended, SampleBackup.completed()));
      assertThat(row(run)).containsEntry("state", "completed").containsEntry("timeline", "");
    } finally {
      database.jdbc().execute("alter table run alter column timeline type varchar(1000000)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void an_entry_of_a_run_that_is_lost_is_not_written(String kind) {
    open(kind);
    Run run = guard.checkStillOwner(stepping("shop", 0));
    claimElsewhere(run);

    store.note(run, "verified", "Verified");

    assertThatThrownBy(() -> store.checkpoint(answered(run, 1)))
        .isInstanceOf(ClaimLostException.class);
    assertThat(row(run)).containsEntry("timeline", "").containsEntry("noted", 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_checkpoint_of_a_lost_run_fails_that_run_only(String kind) throws Exception {
    open(kind);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      runs.add(guard.checkStillOwner(stepping("run-" + i, 0)));
    }
    claimElsewhere(runs.get(7));

    Map<String, Throwable> failed = checkpointAtOnce(runs, "dump");

    assertThat(failed).containsOnlyKeys("run-7");
    assertThat(failed.get("run-7")).isInstanceOf(ClaimLostException.class);
    assertThat(row(runs.get(7))).containsEntry("step_number", 0).containsEntry("owner", "other");
    assertThat(database.count("run where step_number = 3 and sending = 'stepBackup'"))
        .isEqualTo(19);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_bad_row_fails_only_its_own_run(String kind) throws Exception {
    open(kind);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      runs.add(stepping("run-" + i, 0));
    }

    Map<String, Throwable> failed = checkpointAtOnce(runs, "longer than its column ".repeat(9));

    assertThat(failed).containsOnlyKeys("run-7");
    assertThat(failed.get("run-7")).isInstanceOf(DataIntegrityViolationException.class);
    assertThat(database.count("run where step_number = 3")).isEqualTo(19);
  }

  /** Each on a thread of its own; the domain is that of run-7. */
  private Map<String, Throwable> checkpointAtOnce(List<Run> runs, String domain)
      throws InterruptedException {
    Map<String, Throwable> failed = new LinkedHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(runs.size());
    try {
      Map<String, Future<Run>> all = new LinkedHashMap<>();
      for (Run run : runs) {
        String its = run.id().equals("run-7") ? domain : "dump";
        all.put(run.id(), threads.submit(() -> store.checkpoint(answered(run, 3, its))));
      }
      for (Map.Entry<String, Future<Run>> each : all.entrySet()) {
        try {
          each.getValue().get();
        } catch (ExecutionException e) {
          failed.put(each.getKey(), e.getCause());
        }
      }
    } finally {
      threads.shutdown();
    }
    return failed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_stop_between_note_and_checkpoint_keeps_the_answer_and_lets_no_other_step_go(String kind) {
    open(kind);
    Run run = store.checkpoint(answered(stepping("shop", 0), 3));
    assertThat(run.journal().inFlight()).isEqualTo("stepBackup");
    askForStop();

    Run sent = guard.checkStillOwner(run); // it is noted: whoever asked waits for its answer
    Run after = store.checkpoint(answered(sent, 4));

    assertThat(row(run))
        .containsEntry("step_number", 4)
        .containsEntry("archive", "site.jpa")
        .containsEntry("sending", null);
    assertThat(after.journal().inFlight()).isNull();
    assertStopped(() -> guard.checkStillOwner(after));
    assertThat(row(run)).containsEntry("sending", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_stop_in_a_pause_is_seen_by_the_note_of_the_next_step(String kind) {
    open(kind);
    Run run = store.checkpoint(answered(stepping("shop", 500), 3));
    askForStop();

    assertStopped(() -> guard.checkStillOwner(run));
    assertThat(row(run)).containsEntry("step_number", 3).containsEntry("sending", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_stop_while_the_site_was_looked_at_is_seen_by_the_note_of_the_start(String kind) {
    open(kind);
    Run run = stepping("shop", 0).nextStart();
    askForStop();

    assertStopped(
        () ->
            store.recordStartCall(
                run,
                new RunSite.StartLocation("https://shop.example", AkeebaProduct.JOOMLA.name())));
    assertThat(row(run)).containsEntry("sending", null).containsEntry("begun_url", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_note_of_a_lost_run_is_refused_as_that(String kind) {
    open(kind);
    Run run = store.checkpoint(answered(stepping("shop", 500), 3));
    claimElsewhere(run);
    askForStop();

    assertThatThrownBy(() -> guard.checkStillOwner(run)).isInstanceOf(ClaimLostException.class);
    assertThat(row(run)).containsEntry("sending", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void what_is_told_of_a_start_is_written_with_its_checkpoint_or_not_at_all(String kind) {
    open(kind);
    Run run = answered(stepping("shop", 0), 1);
    RowChange told = RowChange.of("insert into latch (name) values (?)", "told-" + kind);
    claimElsewhere(run);
    assertThatThrownBy(() -> store.recordStarted(run, List.of(told)))
        .isInstanceOf(ClaimLostException.class);
    assertThat(database.count("latch where name = ?", "told-" + kind)).isZero();
    database.jdbc().update("update run set owner = 'me', claim = 1");

    assertThat(store.recordStarted(run, List.of(told)).journal().inFlight())
        .isEqualTo("stepBackup");

    assertThat(database.count("latch where name = ?", "told-" + kind)).isEqualTo(1);
    assertThat(database.count("own_record where run = ? and record_id = 7", run.id())).isEqualTo(1);
  }
}
