package io.github.camelakeeba.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.site.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that stops takes nothing more, not even what it has just set aside itself. */
class ClosedGateTest {
  private final Clock clock = Clock.systemUTC();
  private final Database database = Database.memory("gate-" + UUID.randomUUID(), 2);
  private final RunGate gate = new RunGate(new RunStore(database), new StopMark(database), clock);
  private final Claims claims =
      new Claims(
          database,
          new Limits(5, 5, Duration.ZERO),
          "me",
          Claiming.ALL,
          gate,
          new RunsAtWork(),
          RunListener.NONE,
          clock);

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "stepBackup")
  void a_run_without_an_owner_is_taken_while_the_gate_is_open_and_left_when_it_is_closed(
      String sending) {
    String run = ownerless(sending);

    gate.close();
    assertThat(claims.due()).isEmpty();

    RunGate open = new RunGate(new RunStore(database), new StopMark(database), clock);
    Claims next =
        new Claims(
            database,
            new Limits(5, 5, Duration.ZERO),
            "next",
            Claiming.ALL,
            open,
            new RunsAtWork(),
            RunListener.NONE,
            clock);
    assertThat(next.due()).extracting(Run::id).containsExactly(run);
  }

  @Test
  void a_queued_run_is_left_in_line() {
    new Requests(database, site -> "web7", "me", RunListener.NONE, clock).accept(request());
    gate.close();

    assertThat(claims.due()).isEmpty();
  }

  private String ownerless(String sending) {
    Run run =
        new Requests(database, site -> "web7", "me", RunListener.NONE, clock).accept(request());
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
        null, "shop", "api", 1, "", "", Map.of(), IfBusy.REFUSE, Instant.EPOCH);
  }
}
