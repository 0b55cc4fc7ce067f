package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backup was ended with Ctrl-C, and is requested again. */
class RequestBehindADeadRunTest {
  private final Clock clock = Clock.systemUTC();
  private final Database database = CopiedStore.memory("dead-run-" + UUID.randomUUID(), 2);
  private final RequestRepository requests =
      new RequestRepository(database, site -> "web7", "new", RunListener.NONE, clock);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_command_goes_on_with_a_run_whose_process_died_in_a_call() {
    Run dead = running("stepBackup", "old");

    Run joined = requests.accept(request("command"));

    assertThat(joined.id()).isEqualTo(dead.id());
    assertThat(joined.journal().unresolved()).isTrue();
    assertThat(joined.recoveries()).isEqualTo(1);
  }

  @Test
  void a_command_goes_on_with_a_run_that_was_set_aside() {
    Run left = running(null, null);

    Run joined = requests.accept(request("command"));

    assertThat(joined.id()).isEqualTo(left.id());
    assertThat(joined.journal().unresolved()).isFalse();
  }

  @Test
  void anybody_else_is_refused_since_the_run_goes_on_by_itself() {
    running("stepBackup", "old");

    assertThatThrownBy(() -> requests.accept(request("api")))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("running already");
  }

  @Test
  void a_run_whose_process_is_alive_is_in_everybodys_way() {
    running("stepBackup", "old");
    database
        .jdbc()
        .update(
            "insert into node (id, alive_until)"
                + " values ('old', current_timestamp + interval '15' second)");

    assertThatThrownBy(() -> requests.accept(request("command")))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("running already");
  }

  private Run running(String sending, String owner) {
    Run run = requests.accept(request("command"));
    database
        .jdbc()
        .update(
            "update run set state = 'running', active_site = site, owner = ?, sending = ? "
                + "where id = ?",
            owner,
            sending,
            run.id());
    return run;
  }

  private static BackupRequest request(String trigger) {
    return new BackupRequest(
        null, "shop", trigger, 1, "", "", Map.of(), IfBusy.REFUSE, Instant.EPOCH, null, null);
  }
}
