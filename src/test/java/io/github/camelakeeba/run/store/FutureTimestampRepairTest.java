package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that went ahead, and was set right, leaves nothing behind that waits for its time. */
@Tag("fault")
class FutureTimestampRepairTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final Duration SPREAD = Duration.ofMinutes(7);

  @TempDir Path folder;

  private final Database database = CopiedStore.memory("future-" + UUID.randomUUID(), 2);

  @AfterEach
  void close() {
    database.close();
  }

  private void bringBack() throws IOException {
    Path yaml = folder.resolve("sites.yaml");
    Files.writeString(
        yaml,
        """
        sites:
          shop:
            {url: "http://127.0.0.1:9/remote.php", secret: the-word, schedule: "0 0 * * * ?", zone: UTC}
        """);
    Configuration configuration = new SitesLoader().load(yaml, UnaryOperator.identity());
    new FutureTimestampRepair(
            database,
            configuration.sites(),
            new ScheduleCalculator(configuration),
            "ours",
            Clock.fixed(NOW, ZoneOffset.UTC))
        .repair();
  }

  private Instant at(String sql) {
    return database.jdbc().queryForObject(sql, (row, number) -> SqlTime.instant(row, "at"));
  }

  private Run queue(Instant queued, Instant due) {
    return queue("shop@1", queued, due);
  }

  private Run queue(String id, Instant queued, Instant due) {
    return new RequestRepository(
            database, site -> site, "node", RunListener.NONE, Clock.fixed(queued, ZoneOffset.UTC))
        .accept(
            new BackupRequest(
                id, "shop", "schedule", 1, "", "", Map.of(), IfBusy.QUEUE, due, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "P1D", "P1000D"})
  void a_run_that_was_queued_then_keeps_its_pause_and_no_more(Duration ahead) throws Exception {
    queue(NOW.plus(ahead), NOW.plus(ahead).plus(SPREAD));
    bringBack();
    bringBack();
    assertThat(at("select due_at as at from run")).isEqualTo(NOW.plus(SPREAD));
    assertThat(at("select queued_at as at from run")).isEqualTo(NOW);
  }

  @Test
  void a_pause_that_was_ended_then_is_over() throws Exception {
    Instant began = NOW.minus(Duration.ofHours(2));
    Clock ahead = Clock.fixed(NOW.plus(Duration.ofDays(1000)), ZoneOffset.UTC);
    SitePauses wrong = new SitePauses(database, ahead);
    wrong.pause("shop", new SitePause(began, null, null, "api"));
    wrong.resume("shop");

    bringBack();

    Instant fire = NOW.plus(Duration.ofHours(1));
    SitePauses right = new SitePauses(database, Clock.fixed(fire, ZoneOffset.UTC));
    assertThat(right.pausedAt(fire)).isEmpty();
    assertThat(right.since(fire)).isEmpty(); // nor is an alarm put off any longer
  }

  @Test
  void one_that_was_put_off_then_does_so_too() throws Exception {
    queue(NOW.minus(SPREAD), NOW.minus(SPREAD));
    database
        .jdbc()
        .update(
            "update run set due_at = ?, put_off_at = ?",
            SqlTime.of(NOW.plus(Duration.ofHours(1)).plus(SPREAD)),
            SqlTime.of(NOW.plus(Duration.ofHours(1))));
    bringBack();
    assertThat(at("select due_at as at from run")).isEqualTo(NOW.plus(SPREAD));
    assertThat(at("select queued_at as at from run")).isEqualTo(NOW.minus(SPREAD));
  }

  @Test
  void the_run_of_a_time_to_come_is_that_of_the_nearest_time_and_that_to_come_has_its_own()
      throws Exception {
    Instant then = NOW.plus(Duration.ofHours(1));
    Run early = queue("shop@" + then, then, then);
    bringBack();

    assertThat(queue("shop@" + NOW, NOW, NOW).id()).isEqualTo(early.id());
    Run own = queue("shop@" + then, then, then);
    assertThat(own.id()).isNotEqualTo(early.id());
    assertThat(queue("shop@" + then, then, then).id()).isEqualTo(own.id());
  }

  @Test
  void the_run_of_a_node_that_lives_is_left_to_it_since_our_clock_may_be_the_wrong_one()
      throws Exception {
    Instant then = NOW.plus(Duration.ofHours(1));
    database.jdbc().update("insert into node (id, alive_until) values ('node', current_timestamp)");
    Run theirs = queue("shop@" + then, then, then);
    bringBack();
    assertThat(queue("shop@" + then, then, then).id()).isEqualTo(theirs.id());
  }

  @Test
  void what_waits_on_purpose_goes_on_to_wait() throws Exception {
    queue(NOW.minusSeconds(1), NOW.plus(Duration.ofHours(3)));
    bringBack();
    assertThat(at("select due_at as at from run")).isEqualTo(NOW.plus(Duration.ofHours(3)));
  }

  @Test
  void messages_and_good_backups_of_then_are_of_now() throws Exception {
    Instant then = NOW.plus(Duration.ofHours(1));
    database
        .jdbc()
        .update(
            """
            insert into outbox (event_id, channel, subject, event, created_at, due_at, ready_at, attempts)
            values ('a', 'hook', 's', '{}', ?, ?, ?, 0), ('b', 'hook', 's', '{}', ?, ?, ?, 2)
            """,
            SqlTime.of(then),
            SqlTime.of(then),
            SqlTime.of(then),
            SqlTime.of(NOW.minusSeconds(9)),
            SqlTime.of(then.plusSeconds(30)),
            SqlTime.of(NOW.minusSeconds(9)));
    database
        .jdbc()
        .update(
            "insert into standing (site, watched, entered_at, last_good_at) values ('shop', true, ?, ?)",
            SqlTime.of(NOW.minus(SPREAD)),
            SqlTime.of(then));
    bringBack();
    assertThat(at("select max(due_at) as at from outbox")).isEqualTo(NOW);
    assertThat(at("select max(ready_at) as at from outbox")).isEqualTo(NOW);
    assertThat(at("select last_good_at as at from standing")).isEqualTo(NOW);
    assertThat(at("select entered_at as at from standing")).isEqualTo(NOW.minus(SPREAD));
  }
}
