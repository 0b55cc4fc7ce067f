package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** What many write at once is committed once, and each hears of its own row. */
@Tag("postgres")
class GroupCommitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SampleStore STORES = new SampleStore();

  private Database database;
  private JdbcTemplate jdbc;
  private Gate gate;
  private GroupCommit groups;
  private final List<Thread> callers = new ArrayList<>();

  private void open(String store) {
    database = STORES.open(store, 10);
    jdbc = database.jdbc();
    jdbc.update("delete from node");
    IntStream.range(0, 50)
        .forEach(
            i ->
                jdbc.update(
                    "insert into node (id, alive_until) values (?, current_timestamp)", "n" + i));
    gate = new Gate(database);
    JdbcTemplate gated = new JdbcTemplate(gate);
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(gate));
    groups = new GroupCommit(gated, transaction, gated, transaction, database.embedded());
  }

  @AfterEach
  void close() {
    gate.open();
    groups.close();
    database.close();
  }

  /** Connections for the groups, from the moment when it is opened. */
  private static final class Gate extends DelegatingDataSource {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean broken;

    Gate(Database database) {
      super(database.dataSource());
    }

    void open() {
      opened.countDown();
    }

    @Override
    public Connection getConnection() throws SQLException {
      connections.incrementAndGet();
      try {
        opened.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (broken) {
        throw new SQLException("gone", "08001");
      }
      return super.getConnection();
    }
  }

  private static RowChange rename(String from, String to) {
    return RowChange.of("update node set id = ? where id = ?", to, from);
  }

  private <T> FutureTask<T> call(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread caller = new Thread(task);
    callers.add(caller);
    caller.start();
    return task;
  }

  /** A caller that writes by itself, and one in a group: what others change meanwhile gathers. */
  private List<FutureTask<Integer>> occupied() {
    FutureTask<Integer> alone = call(() -> groups.update(rename("n0", "first")));
    await().atMost(PATIENCE).until(() -> gate.connections.get() == 1);
    FutureTask<Integer> group = call(() -> groups.update(rename("n1", "second")));
    await().atMost(PATIENCE).until(() -> gate.connections.get() == 2);
    return List.of(alone, group);
  }

  /** All but the first write wait for a group. */
  private void awaitGathered() {
    for (Thread caller : callers.subList(1, callers.size())) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> String.valueOf(LockSupport.getBlocker(caller)).contains("CompletableFuture"));
    }
  }

  private int count(String id) {
    return database.count("node where id = ?", id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void many_changes_share_one_commit(String store) throws Exception {
    open(store);
    List<FutureTask<Integer>> changes = new ArrayList<>(occupied());
    for (int i = 2; i < 50; i++) {
      RowChange change = rename("n" + i, "m" + i);
      changes.add(call(() -> groups.update(change)));
    }
    awaitGathered();

    gate.open();

    for (FutureTask<Integer> change : changes) {
      assertThat(change.get()).isEqualTo(1);
    }
    assertThat(database.count("node where id like 'm%'")).isEqualTo(48);
    assertThat(gate.connections).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_bad_row_fails_only_its_own_caller(String store) throws Exception {
    open(store);
    occupied();
    FutureTask<Integer> bad = call(() -> groups.update(rename("n2", "x".repeat(201))));
    FutureTask<Integer> good = call(() -> groups.update(rename("n3", "good")));
    FutureTask<Integer> none = call(() -> groups.update(rename("no such row", "none")));
    awaitGathered();

    gate.open();

    assertThat(good.get()).isEqualTo(1);
    assertThat(none.get()).isZero();
    assertThatThrownBy(bad::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(DataIntegrityViolationException.class);
    assertThat(count("good")).isEqualTo(1);
    assertThat(count("n2")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void what_depends_on_a_row_is_written_with_it_or_not_at_all(String store) throws Exception {
    open(store);
    occupied();
    FutureTask<Integer> lost =
        call(() -> groups.update(rename("no such row", "none"), List.of(rename("n4", "lost"))));
    FutureTask<Integer> owned =
        call(() -> groups.update(rename("n2", "owned"), List.of(rename("n3", "with it"))));
    FutureTask<Integer> bad =
        call(() -> groups.update(rename("n5", "half"), List.of(rename("n6", "x".repeat(201)))));
    awaitGathered();

    gate.open();

    assertThat(lost.get()).isZero();
    assertThat(owned.get()).isEqualTo(1);
    assertThatThrownBy(bad::get).hasCauseInstanceOf(DataIntegrityViolationException.class);
    assertThat(count("with it")).isEqualTo(1);
    assertThat(count("lost")).isZero();
    assertThat(count("half")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void an_interrupt_hurts_neither_its_caller_nor_another(String store) throws Exception {
    open(store);
    occupied();
    FutureTask<Boolean> interrupted =
        call(
            () ->
                groups.update(rename("n2", "interrupted")) == 1
                    && Thread.currentThread().isInterrupted());
    FutureTask<Integer> other = call(() -> groups.update(rename("n3", "other")));
    awaitGathered();

    callers.get(2).interrupt();
    awaitGathered();
    gate.open();

    assertThat(interrupted.get()).isTrue();
    assertThat(other.get()).isEqualTo(1);
    assertThat(count("interrupted")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void that_the_store_is_unavailable_is_told_to_all_of_a_group(String store) {
    open(store);
    occupied();
    List<FutureTask<Integer>> changes =
        List.of(
            call(() -> groups.update(rename("n2", "a"))),
            call(() -> groups.update(rename("n3", "b"))));
    awaitGathered();

    gate.broken = true;
    gate.open();

    for (FutureTask<Integer> change : changes) {
      assertThatThrownBy(change::get)
          .cause()
          .isInstanceOf(TransactionException.class)
          .matches(TransientStoreErrors::isTransient);
    }
    assertThat(gate.connections).hasValue(3); // no caller has asked for one itself
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_change_in_a_transaction_is_a_part_of_it(String store) {
    open(store);

    database
        .transaction()
        .executeWithoutResult(
            status -> {
              assertThat(database.groups().update(rename("n2", "rolled back"))).isEqualTo(1);
              status.setRollbackOnly();
            });

    assertThat(count("n2")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void who_comes_after_the_end_is_not_left_waiting(String store) throws Exception {
    open(store);
    FutureTask<Integer> alone = call(() -> groups.update(rename("n0", "first")));
    await().atMost(PATIENCE).until(() -> gate.connections.get() == 1);
    groups.close();
    FutureTask<Integer> late = call(() -> groups.update(rename("n2", "late")));
    await().atMost(PATIENCE).until(() -> gate.connections.get() == 2);

    gate.open();

    assertThat(alone.get()).isEqualTo(1);
    assertThat(late.get()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void patient_changes_wait_for_one_that_is_not_and_share_its_commit(String store)
      throws Exception {
    open(store);
    gate.open();
    groups.update(rename("n0", "first"));
    List<FutureTask<Integer>> patient = new ArrayList<>();
    for (int i = 2; i < 10; i++) {
      RowChange change = rename("n" + i, "m" + i);
      patient.add(call(() -> groups.update(change, List.of(), Duration.ofHours(1))));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  String.valueOf(LockSupport.getBlocker(callers.get(callers.size() - 1)))
                      .contains("CompletableFuture"));
    }

    assertThat(groups.update(rename("n1", "second"))).isEqualTo(1);

    for (FutureTask<Integer> change : patient) {
      assertThat(change.get()).isEqualTo(1);
    }
    assertThat(gate.connections).hasValue(2);
  }

  @Test
  void a_row_that_is_locked_holds_up_its_own_caller_only() throws Exception {
    open("postgres");
    occupied();
    FutureTask<Integer> locked = call(() -> groups.update(rename("n2", "unlocked")));
    FutureTask<Integer> other = call(() -> groups.update(rename("n3", "other")));
    awaitGathered();

    database
        .transaction()
        .executeWithoutResult(
            status -> {
              jdbc.queryForList("select id from node where id = 'n2' for update");
              gate.open();
              await().atMost(PATIENCE).until(other::isDone);
              assertThat(locked).isNotDone();
            });

    assertThat(locked.get()).isEqualTo(1);
    assertThat(other.get()).isEqualTo(1);
  }
}
