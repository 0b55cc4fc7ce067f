package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.BackupRequest.TakenBackup;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunPhase;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who has asked is told what the row says, without reading it again. */
class AcceptedRunIsItsRowTest {
  @Test
  void a_new_run_is_as_its_row_whatever_the_request_names() {
    try (Database database = CopiedStore.memory("accepted-" + UUID.randomUUID(), 2)) {
      RequestRepository requests =
          new RequestRepository(
              database, site -> "web7", "me", RunListener.NONE, Clock.systemUTC());
      for (IfBusy ifBusy : IfBusy.values()) {
        Run run =
            requests.accept(
                new BackupRequest(
                    ifBusy == IfBusy.JOIN ? null : "deploy-" + ifBusy,
                    "shop-" + ifBusy,
                    "api",
                    3,
                    "before {date}",
                    "a comment",
                    Map.of("a.b", "1", "c.d", "2"),
                    ifBusy,
                    Instant.parse("2026-11-29T10:00:00.123456789Z"),
                    null,
                    null));
        assertThat(new RunQueries(database).find(run.id())).contains(run);
      }
    }
  }

  @Test
  void one_of_a_backup_that_another_client_took_begins_at_its_verification_and_starts_nothing() {
    try (Database database = CopiedStore.memory("taken-" + UUID.randomUUID(), 2)) {
      RequestRepository requests =
          new RequestRepository(
              database, site -> "web7", "me", RunListener.NONE, Clock.systemUTC());
      Instant ended = Instant.parse("2026-11-29T10:00:00Z");
      BackupRequest request =
          new BackupRequest(
              "watch:shop:id-1",
              "shop",
              "watch",
              2,
              "nightly",
              "",
              Map.of(),
              IfBusy.REFUSE,
              ended,
              "watch:cli",
              new TakenBackup(7, "id-1", "site.jpa", ended.minusSeconds(60), ended));

      Run run = requests.accept(request);

      assertThat(new RunQueries(database).find(run.id())).contains(run);
      assertThat(run.phase()).isEqualTo(RunPhase.CHECK_OTHER_BACKUPS);
      assertThat(run.with(run.journal().confirmedUndisturbed()).phase()).isEqualTo(RunPhase.VERIFY);
      assertThat(run.restarted().phase()).as("never START").isNotEqualTo(RunPhase.START);
      assertThat(requests.accept(request).id()).as("found again").isEqualTo(run.id());
      assertThat(database.count("own_record where backupid = 'id-1' and record_id = 7"))
          .isEqualTo(1);
    }
  }
}
