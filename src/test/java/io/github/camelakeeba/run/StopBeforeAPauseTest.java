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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user who stops a run just before it is set aside for its next attempt need not wait for it. */
class StopBeforeAPauseTest {
  private final Clock clock = Clock.systemUTC();
  private final Database database = Database.memory("pause-" + UUID.randomUUID(), 2);
  private final RunStore store = new RunStore(database);
  private final Claims claims =
      new Claims(
          database,
          new Limits(5, 5, Duration.ZERO),
          "me",
          Claiming.ALL,
          new RunGate(store, new StopMark(database), clock),
          new RunsAtWork(),
          RunListener.NONE,
          clock);

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void it_is_claimed_at_once_when_it_is_to_stop_and_later_when_not(boolean stopped) {
    new Requests(database, site -> "web7", "me", RunListener.NONE, clock)
        .accept(
            new BackupRequest(
                null, "shop", "api", 1, "", "", Map.of(), IfBusy.REFUSE, Instant.EPOCH));
    Run run = claims.due().get(0);
    if (stopped) {
      database.jdbc().update("update run set stop_asked = current_timestamp");
    }

    store.pause(run, clock.instant().plus(Duration.ofMinutes(5)));

    assertThat(claims.due()).hasSize(stopped ? 1 : 0);
  }
}
