package io.github.camelakeeba.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.run.BackupRequest.IfBusy;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backup was ended with Ctrl-C, and is asked for again. */
class RequestBehindADeadRunTest {
  private final Clock clock = Clock.systemUTC();
  private final Database database = Database.memory("dead-run-" + UUID.randomUUID(), 2);
  private final Requests requests = new Requests(database, site -> "web7", "new", clock);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_run_whose_process_died_in_a_call_is_in_nobodys_way() {
    Run dead = running("stepBackup");

    assertThat(requests.accept(request()).id()).isNotEqualTo(dead.id());
  }

  @Test
  void a_run_whose_process_is_alive_is() {
    running("stepBackup");
    database
        .jdbc()
        .update(
            "insert into node (id, alive_until) values ('old', ?)",
            RunRow.time(clock.instant().plusSeconds(15)));

    assertThatThrownBy(() -> requests.accept(request()))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("running already");
  }

  @Test
  void a_run_that_was_set_aside_is_since_it_goes_on() {
    running(null);

    assertThatThrownBy(() -> requests.accept(request())).isInstanceOf(RunRefusedException.class);
  }

  private Run running(String sending) {
    Run run = requests.accept(request());
    database
        .jdbc()
        .update(
            "update run set state = 'running', active_site = site, owner = 'old', sending = ? "
                + "where id = ?",
            sending,
            run.id());
    return run;
  }

  private static BackupRequest request() {
    return new BackupRequest(
        null, "shop", "command", 1, "", "", Map.of(), IfBusy.REFUSE, Instant.EPOCH);
  }
}
