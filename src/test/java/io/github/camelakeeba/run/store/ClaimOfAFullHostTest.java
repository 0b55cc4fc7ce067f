package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Thousands of runs that wait for a host that is full are not read again by each claim. */
class ClaimOfAFullHostTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Database database = Database.memory("full-" + UUID.randomUUID(), 4);
  private final DueRuns due = due(LONG);

  private DueRuns due(Duration memory) {
    return new DueRuns(database, () -> 1, "me", true, memory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** So many runs that wait for web7, where one is running. */
  private void queueOnFullHost(int runs) {
    SampleRuns.queue(database, runs, 1);
    database.jdbc().update("update run set host = 'web7'");
    RunRepository store = new RunRepository(database, new SteadyClock(Clock.systemUTC()));
    SampleRuns.stepping(database, store, "running", 0);
  }

  private void queue(String run, String site, String host, Instant dueAt) {
    database
        .jdbc()
        .update(
            """
            insert into run (id, site, host, state, trigger_kind, profile, description,
              comment_text, overrides, due_at, queued_at)
            values (?, ?, ?, 'queued', 'api', 1, '', '', '{}', ?, current_timestamp)
            """,
            run,
            site,
            host,
            SqlTime.of(dueAt));
  }

  private static List<String> claimable(DueRuns due) {
    return due.first(10, Instant.now());
  }

  @Test
  void while_the_host_is_full_only_what_has_come_since_is_read() {
    queueOnFullHost(50);
    assertThat(claimable(due)).isEmpty();

    queue("new", "new", "free", Instant.now());
    queue("old", "old", "also-free", Instant.now().minusSeconds(200_000));

    assertThat(claimable(due)).containsExactly("new");
    assertThat(claimable(due(Duration.ZERO))).containsExactly("old", "new");
  }

  @Test
  void a_place_that_becomes_free_there_is_given_to_who_has_waited_longest() {
    queueOnFullHost(50);
    assertThat(claimable(due)).isEmpty();
    queue("new", "new", "free", Instant.now());

    database.jdbc().update("update run set state = 'completed' where id = 'running'");

    assertThat(claimable(due)).containsExactly("run-00000", "new");
  }

  @Test
  void what_waits_to_continue_is_found_though_the_queue_is_not_read() {
    queueOnFullHost(50);
    assertThat(claimable(due)).isEmpty();

    queue("begun", "begun", "free", Instant.now().minusSeconds(200_000));
    database.jdbc().update("update run set active_site = site where id = 'begun'");

    assertThat(claimable(due)).containsExactly("begun");
  }

  @Test
  void a_queue_that_is_short_is_read_each_time() {
    queueOnFullHost(5);
    assertThat(claimable(due)).isEmpty();

    queue("old", "old", "free", Instant.now().minusSeconds(200_000));

    assertThat(claimable(due)).containsExactly("old");
  }

  @Test
  void a_run_that_waits_for_its_site_alone_is_found_as_soon_as_the_site_is_free() {
    queueOnFullHost(50);
    queue("second", "running", "free", Instant.now().minusSeconds(200_000));
    assertThat(claimable(due)).isEmpty();

    database
        .jdbc()
        .update("update run set active_site = null, state = 'completed' where id = 'running'");

    assertThat(claimable(due)).containsExactly("second", "run-00000");
  }
}
