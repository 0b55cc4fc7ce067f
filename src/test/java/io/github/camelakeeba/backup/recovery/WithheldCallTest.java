package io.github.camelakeeba.backup.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunPhase;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.RunSite;
import io.github.camelakeeba.run.store.SampleRuns;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call whose note was too old to send it has left no trace: only its note is made anew. */
class WithheldCallTest {
  private final Database database = CopiedStore.memory("withheld-" + UUID.randomUUID(), 4);
  private final RunRepository store =
      new RunRepository(database, new SteadyClock(Clock.systemUTC()));
  private final RunGuard guard = new RunGuard(store, new StopRequests(database), Clock.systemUTC());
  private final LostResponseHandler handler =
      new LostResponseHandler(new FailureTranslator(Timings.SHIPPED), store);
  private final LostResponseException keptBack =
      new LostResponseException(
          ErrorKind.UNREACHABLE, "stepBackup was kept back.", SendState.WITHHELD, null, null);

  @AfterEach
  void close() {
    database.close();
  }

  private Object sending() {
    return database.jdbc().queryForMap("select sending from run").get("sending");
  }

  @Test
  @Tag("fault")
  void it_is_noted_anew_and_the_site_is_not_asked() {
    Run noted = guard.checkStillOwner(SampleRuns.stepping(database, store, "shop", 500));

    Run kept = handler.recordLostResponse(keptBack, noted);

    assertThat(kept.phase()).isEqualTo(RunPhase.STEP); // not that of a recovery
    assertThat(kept.recoveries()).isZero();
    assertThat(kept.journal().lostResponses()).isZero();
    assertThat(kept.journal().lostInARow()).isZero();
    Run between = store.checkpoint(kept);
    assertThat(sending()).isNull();
    assertThat(guard.checkStillOwner(between).journal().notedAt())
        .isAfterOrEqualTo(noted.journal().notedAt());
    assertThat(sending()).isEqualTo("stepBackup");
  }

  @Test
  @Tag("fault")
  void a_second_one_in_a_row_is_for_the_recovery_which_ends() {
    Run noted = guard.checkStillOwner(SampleRuns.stepping(database, store, "shop", 500));
    Run kept = store.checkpoint(handler.recordLostResponse(keptBack, noted));

    Run again = handler.recordLostResponse(keptBack, guard.checkStillOwner(kept));

    assertThat(again.phase()).isEqualTo(RunPhase.RECOVER_STEP);
    assertThat(again.journal().lostInARow()).isOne();
    assertThat(again.journal().lostResponses()).isZero(); // it never began on the site
  }

  @Test
  @Tag("fault")
  void a_start_that_was_kept_back_was_none() {
    SampleRuns.stepping(database, store, "shop", 0);
    database.jdbc().update("update run set backupid = null, has_run = false");
    Run waiting = store.find("shop").orElseThrow();
    Run noted =
        store.recordStartCall(
            waiting.nextStart(), new RunSite.StartLocation("https://shop.example.com", null));

    Run kept = store.checkpoint(handler.recordLostResponse(keptBack, noted));

    assertThat(kept.attempts()).isZero();
    assertThat(kept.phase()).isEqualTo(RunPhase.START);
    assertThat(StopRequests.failure(kept).message()).contains("nothing was started on the site");
    assertThat(store.find(kept.id()).orElseThrow().attempts()).isZero();
  }

  @Test
  void a_run_that_was_taken_over_meanwhile_stops() {
    Run noted = guard.checkStillOwner(SampleRuns.stepping(database, store, "shop", 500));
    database.jdbc().update("update run set owner = 'other', claim = 2");

    Run kept = handler.recordLostResponse(keptBack, noted);

    assertThatThrownBy(() -> store.checkpoint(kept)).isInstanceOf(ClaimLostException.class);
  }
}
