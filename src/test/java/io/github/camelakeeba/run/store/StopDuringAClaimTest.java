package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run that a user stops while it is being claimed has ended, once and for all. */
class StopDuringAClaimTest {
  private final Clock clock = Clock.systemUTC();
  private final Database database = CopiedStore.memory("stop-" + UUID.randomUUID(), 4);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_queued_run_that_ends_between_the_query_and_the_claim_stays_ended() {
    Run run =
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

    assertThat(SampleClaimer.of(database, "me", new StopBeforeTheUpdate()).claimBatch()).isEmpty();

    assertThat(
            database
                .jdbc()
                .queryForObject("select state from run where id = ?", String.class, run.id()))
        .isEqualTo("failed");
  }

  /** Read last before the row is claimed, and after the candidates were. */
  private final class StopBeforeTheUpdate extends Clock {
    @Override
    public Instant instant() {
      if (StackWalker.getInstance()
          .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("claim")))) {
        CompletableFuture.runAsync(
                () ->
                    database
                        .jdbc()
                        .update(
                            "update run set state = 'failed', claim = claim + 1, active_site = null"))
            .join();
      }
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
