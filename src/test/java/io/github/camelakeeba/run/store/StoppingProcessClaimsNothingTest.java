package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that stops claims nothing more, not even what it has just suspended itself. */
class StoppingProcessClaimsNothingTest {
  private final Clock clock = Clock.systemUTC();
  private final Database database = CopiedStore.memory("guard-" + UUID.randomUUID(), 2);
  private final RunGuard guard =
      new RunGuard(
          new RunRepository(database, new SteadyClock(Clock.systemUTC())),
          new StopRequests(database),
          clock);
  private final RunClaimer claims = SampleClaimer.of(database, "me", guard, clock);

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "stepBackup")
  void a_run_without_an_owner_is_claimed_by_a_serving_process_and_left_by_a_stopping_one(
      String sending) {
    String run = ownerless(sending);

    guard.close();
    assertThat(claims.claimBatch()).isEmpty();

    RunClaimer next = SampleClaimer.of(database, "next", clock);
    assertThat(next.claimBatch()).extracting(Run::id).containsExactly(run);
  }

  @Test
  void a_queued_run_is_left_in_line() {
    new RequestRepository(database, site -> "web7", "me", RunListener.NONE, clock)
        .accept(request());
    guard.close();

    assertThat(claims.claimBatch()).isEmpty();
  }

  private String ownerless(String sending) {
    Run run =
        new RequestRepository(database, site -> "web7", "me", RunListener.NONE, clock)
            .accept(request());
    database
        .jdbc()
        .update(
            "update run set state = 'running', active_site = site, owner = null, backupid = 'id-1',"
                + " sending = ? where id = ?",
            sending,
            run.id());
    return run.id();
  }

  private static BackupRequest request() {
    return new BackupRequest(
        null, "shop", "api", 1, "", "", Map.of(), IfBusy.REFUSE, Instant.EPOCH, null, null);
  }
}
