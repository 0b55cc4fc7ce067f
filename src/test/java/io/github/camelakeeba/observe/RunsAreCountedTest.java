package io.github.camelakeeba.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to requests and runs shows in the metrics, each thing once. */
class RunsAreCountedTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static SimulatedSite lossy;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).api();
    product.site(
        "good", product.server().joomla("good").secret(RunningProduct.SECRET).steps(5).url());
    product.site(
        "bad",
        product
            .server()
            .joomla("bad")
            .secret(RunningProduct.SECRET)
            .steps(5)
            .failAt(2, "no")
            .url());
    lossy = product.server().joomla("lossy").secret(RunningProduct.SECRET).steps(5);
    product.site("lossy", lossy.url());
    product.start();
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  @Test
  void a_good_and_a_failed_run_are_counted_with_their_requests_steps_and_lag() throws Exception {
    final String before = Scrape.of(product);
    Instant begin = Instant.now();
    product.backup("good");
    product.backup("bad");
    assertThatThrownBy(() -> product.request("nobody")).isInstanceOf(RunRefusedException.class);
    assertThatThrownBy(() -> product.request("{\"site\":\"good\",\"profil\":1}"))
        .isInstanceOf(RunRefusedException.class);

    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> grown(before, "backup_runs_ended_total{state=\"failed\"}") == 1);
    assertThat(grown(before, "backup_runs_ended_total{state=\"completed\"}")).isEqualTo(1);
    assertThat(grown(before, "backup_runs_ended_total{state=\"warning\"}")).isZero();
    String way = "backup_requests_total{result=\"%s\",trigger=\"command\"}";
    assertThat(grown(before, way.formatted("accepted"))).isEqualTo(2);
    assertThat(grown(before, way.formatted("refused"))).isEqualTo(2);
    assertThat(grown(before, "backup_step_seconds_count")).isEqualTo(6);
    assertThat(grown(before, "backup_calls_total{method=\"stepBackup\",result=\"error\"}"))
        .isEqualTo(1);
    assertThat(grown(before, "backup_step_seconds_bucket{le=\"900.0\"}")).isEqualTo(6);
    assertThat(grown(before, "backup_schedule_lag_seconds_count{trigger=\"command\"}"))
        .isEqualTo(2);
    String now = Scrape.of(product);
    assertThat(Scrape.value(now, "backup_site_last_good_timestamp_seconds{site=\"good\"}"))
        .isBetween(begin.getEpochSecond() - 1.0, Instant.now().getEpochSecond() + 1.0);
    assertThat(Scrape.value(now, "backup_site_last_good_timestamp_seconds{site=\"bad\"}")).isZero();
    assertThat(Scrape.value(now, "backup_sites_failing")).isEqualTo(1);
    assertThat(Scrape.value(now, "backup_sites_watched")).isEqualTo(3);
    assertThat(Scrape.value(now, "backup_runs{state=\"running\"}")).isZero();
    assertThat(Scrape.value(now, "backup_store_up")).isEqualTo(1);
  }

  @Test
  void a_request_that_comes_twice_is_one_accepted_and_one_joined() {
    String before = Scrape.of(product);
    product.outcome(product.request("{\"site\":\"good\",\"id\":\"deploy-1\"}").id());
    product.request("{\"site\":\"good\",\"id\":\"deploy-1\"}");

    String way = "backup_requests_total{result=\"%s\",trigger=\"command\"}";
    assertThat(grown(before, way.formatted("accepted"))).isEqualTo(1);
    assertThat(grown(before, way.formatted("joined"))).isEqualTo(1);
  }

  @Test
  void a_lost_answer_is_one_call_lost_and_one_recovery() {
    String before = Scrape.of(product);
    lossy.fault(Fault.on("stepBackup").nth(2).answerLost());
    product.backup("lossy");

    assertThat(grown(before, "backup_recoveries_total{call=\"stepBackup\"}")).isEqualTo(1);
    assertThat(grown(before, "backup_recoveries_total{call=\"startBackup\"}")).isZero();
    assertThat(grown(before, "backup_calls_total{method=\"stepBackup\",result=\"lost\"}"))
        .isEqualTo(1);
    assertThat(grown(before, "backup_runs_ended_total{state=\"completed\"}")).isEqualTo(1);
  }

  @Test
  void what_waits_shows_as_a_queue_with_its_age() {
    product
        .jdbc()
        .update(
            """
            insert into run (id, site, host, state, active_site, trigger_kind, profile, description,
              comment_text, overrides, due_at, queued_at)
            values ('held', 'x', 'x', 'queued', null, 'event', 1, '', '', '{}', ?, current_timestamp)
            """,
            java.time.OffsetDateTime.now().plusMinutes(1));
    assertThat(Scrape.value(Scrape.of(product), "backup_runs{state=\"queued\"}")).isEqualTo(1);
    assertThat(Scrape.value(Scrape.of(product), "backup_queue_due")).isZero();
    assertThat(Scrape.value(Scrape.of(product), "backup_queue_oldest_seconds")).isZero();

    // its site is taken, so it goes on to wait
    product.jdbc().update("update run set active_site = 'x', state = 'paused' where id = 'held'");
    product
        .jdbc()
        .update(
            """
            insert into run (id, site, host, state, trigger_kind, profile, description,
              comment_text, overrides, due_at, queued_at)
            values ('waits', 'x', 'x', 'queued', 'event', 1, '', '', '{}', ?, current_timestamp)
            """,
            java.time.OffsetDateTime.now().minusMinutes(10));
    String scrape = Scrape.of(product);
    assertThat(Scrape.value(scrape, "backup_queue_due")).isEqualTo(1);
    assertThat(Scrape.value(scrape, "backup_queue_oldest_seconds")).isBetween(600.0, 660.0);
    product.jdbc().update("delete from run where site = 'x'");
  }

  private static double grown(String before, String series) {
    return Scrape.value(Scrape.of(product), series) - Scrape.value(before, series);
  }
}
