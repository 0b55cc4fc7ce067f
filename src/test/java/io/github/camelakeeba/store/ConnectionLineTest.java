package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLineTest {
  private static final int WAITING = 20;

  private final ConnectionLine line = new ConnectionLine(1);
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final CountDownLatch pool = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void stop() {
    pool.countDown();
    callers.shutdownNow();
  }

  @Test
  void those_behind_wait_for_as_long_as_it_takes_and_do_not_ask_the_pool() throws Exception {
    List<Future<Connection>> all = line();

    assertThat(asked).hasValue(1);
    pool.countDown();

    for (Future<Connection> each : all) {
      assertThat(each.get()).isNotNull();
    }
    assertThat(asked).hasValue(1 + WAITING);
  }

  @Test
  void a_pool_that_gives_nobody_a_connection_is_told_to_all_who_wait_at_once() throws Exception {
    SQLException away = new SQLTransientConnectionException("request timed out", "08001", 7);
    Future<Connection> first = callers.submit(() -> line.pass(() -> ask(away)));
    await().until(() -> asked.get() == 1);
    List<Future<Connection>> behind = waiting();

    pool.countDown();

    assertThatThrownBy(first::get).hasRootCause(away);
    for (Future<Connection> each : behind) {
      assertThatThrownBy(each::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(SQLTransientConnectionException.class)
          .matches(TransientStoreErrors::isPoolExhausted)
          .hasMessage("request timed out");
    }
    assertThat(asked).hasValue(1);
    assertThat(line.pass(() -> ask(null))).as("who comes later asks for himself").isNotNull();
  }

  @Test
  void an_interrupt_ends_the_wait_and_nobody_else_loses_a_turn() throws Exception {
    Future<Connection> first = callers.submit(() -> line.pass(() -> ask(null)));
    await().until(() -> asked.get() == 1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                line.pass(() -> ask(null));
              } catch (SQLException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    await().until(() -> line.length() == 1);

    caller.interrupt();

    assertThat(interrupted.get()).isTrue();
    pool.countDown();
    assertThat(first.get()).isNotNull();
    assertThat(line.pass(() -> ask(null))).isNotNull();
  }

  /** One asks the pool, the others wait behind. */
  private List<Future<Connection>> line() {
    List<Future<Connection>> all = new ArrayList<>();
    all.add(callers.submit(() -> line.pass(() -> ask(null))));
    await().until(() -> asked.get() == 1);
    all.addAll(waiting());
    return all;
  }

  private List<Future<Connection>> waiting() {
    List<Future<Connection>> all = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      all.add(callers.submit(() -> line.pass(() -> ask(null))));
    }
    await().until(() -> line.length() == WAITING);
    return all;
  }

  private Connection ask(SQLException failure) throws SQLException {
    asked.incrementAndGet();
    try {
      pool.await();
    } catch (InterruptedException e) {
      throw new SQLException(e);
    }
    if (failure != null) {
      throw failure;
    }
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, values) -> null);
  }
}
