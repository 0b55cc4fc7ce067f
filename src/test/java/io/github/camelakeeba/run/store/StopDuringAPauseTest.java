package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run that waits sleeps through; what ends its wait wakes it. */
class StopDuringAPauseTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Database database = CopiedStore.memory("waits-" + UUID.randomUUID(), 4);
  private final RunRepository store =
      new RunRepository(database, new SteadyClock(Clock.systemUTC()));
  private final StopRequests stops = new StopRequests(database);
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();
  private Thread waiting;

  @AfterEach
  void close() throws InterruptedException {
    waiting.interrupt();
    waiting.join();
    database.close();
  }

  /** A run in a wait of an hour. */
  private Run waits() {
    Run run = SampleRuns.stepping(database, store, "shop", 60_000);
    waiting =
        new Thread(
            () -> {
              try {
                stops.await(run, Duration.ofHours(1));
              } catch (Throwable e) {
                thrown.set(e);
              }
            });
    waiting.start();
    await().atMost(PATIENCE).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    return run;
  }

  /** Rounds until the wait is over; the answer of the store may be half a second old. */
  private void awaitWoken() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              stops.wakeStopped();
              return !waiting.isAlive();
            });
  }

  @Test
  void a_run_that_is_to_stop_does_not_wait_to_the_end() {
    waits();

    database.jdbc().update("update run set stop_asked = current_timestamp");
    awaitWoken();

    assertThat(thrown.get())
        .isInstanceOf(AkeebaException.class)
        .extracting(failure -> ((AkeebaException) failure).kind())
        .isEqualTo(ErrorKind.STOPPED);
  }

  @Test
  void nor_does_one_that_was_ended_meanwhile() {
    Run run = waits();

    database.jdbc().update("update run set state = 'failed' where id = ?", run.id());
    awaitWoken();

    assertThat(thrown.get()).isInstanceOf(ClaimLostException.class);
  }

  @Test
  void one_that_nobody_stops_is_not_woken() {
    waits();

    stops.wakeStopped();

    assertThat(waiting.getState()).isEqualTo(Thread.State.TIMED_WAITING);
    assertThat(thrown).hasNullValue();
  }
}
