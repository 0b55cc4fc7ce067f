package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.PastRun;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastRunsTest {
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

  private final Database database = CopiedStore.memory("last-runs-" + UUID.randomUUID(), 2);
  private final RunQueries runs = new RunQueries(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_last_ended_runs_of_the_site_come_newest_last() {
    for (int day = 0; day < 20; day++) {
      ended("shop", day, day % 2 == 0 ? "completed" : "failed");
    }
    ended("blog", 30, "warning");
    request("shop", 40);

    assertThat(runs.lastEnded("shop", 14))
        .hasSize(14)
        .startsWith(new PastRun("completed", FIRST.plus(Duration.ofDays(6))))
        .endsWith(new PastRun("failed", FIRST.plus(Duration.ofDays(19))));
    assertThat(runs.lastEnded("blog", 14)).hasSize(1);
    assertThat(runs.lastEnded("nobody", 14)).isEmpty();
  }

  private void ended(String site, int day, String state) {
    String id = request(site, day);
    database
        .jdbc()
        .update(
            "update run set state = ?, ended_at = ?, active_site = null where id = ?",
            state,
            SqlTime.of(FIRST.plus(Duration.ofDays(day))),
            id);
  }

  private String request(String site, int day) {
    Clock then = Clock.fixed(FIRST.plus(Duration.ofDays(day)), java.time.ZoneOffset.UTC);
    RequestRepository requests =
        new RequestRepository(database, name -> "web7", "node", RunListener.NONE, then);
    return requests
        .accept(
            new BackupRequest(
                null,
                site,
                "schedule",
                1,
                "",
                "",
                Map.of(),
                BackupRequest.IfBusy.QUEUE,
                then.instant(),
                null,
                null))
        .id();
  }
}
