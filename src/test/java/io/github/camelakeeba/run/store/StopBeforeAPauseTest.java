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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user who stops a run just before it is set aside for its next attempt need not wait for it. */
class StopBeforeAPauseTest {
  private final Clock clock = Clock.systemUTC();
  private final Database database = CopiedStore.memory("pause-" + UUID.randomUUID(), 2);
  private final RunRepository store =
      new RunRepository(database, new SteadyClock(Clock.systemUTC()));
  private final RunClaimer claims = SampleClaimer.of(database, "me", clock);

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void it_is_claimed_at_once_when_it_is_to_stop_and_later_when_not(boolean stopped) {
    new RequestRepository(database, site -> "web7", "me", RunListener.NONE, clock)
        .accept(
            new BackupRequest(
                null,
                "shop",
                "api",
                1,
                "",
                "",
                Map.of(),
                IfBusy.REFUSE,
                Instant.EPOCH,
                null,
                null));
    Run run = claims.claimBatch().get(0);
    if (stopped) {
      database.jdbc().update("update run set stop_asked = current_timestamp");
    }

    store.postpone(run, clock.instant().plus(Duration.ofMinutes(5)));

    assertThat(claims.claimBatch()).hasSize(stopped ? 1 : 0);
  }
}
