package io.github.camelakeeba.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.watch.TriggerStatusProvider;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;

/** Live: would a restart mend it? Ready: does it have what backups need? */
class HealthReportTest {
  @TempDir Path folder;
  private RunningProduct product;

  @BeforeEach
  void start() throws Exception {
    product = new RunningProduct(folder).schedules().api();
    product
        .site("shop", URI.create("http://127.0.0.1:9/remote.php"), "schedule: \"0 0 3 1 1 ?\"")
        .start();
  }

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  @Test
  void each_page_asks_its_checks_and_all_are_up() throws Exception {
    assertThat(names("health"))
        .containsExactly(
            "claim",
            "clock",
            "configuration",
            "context",
            "outbox",
            "overdue",
            "scheduler",
            "sources",
            "store",
            "triggers");
    assertThat(names("health/live")).containsExactly("claim", "context");
    assertThat(names("health/ready")).containsExactly("context", "scheduler", "store");
    assertThat(status("health")).isEqualTo(200);
    assertThat(status("health/live")).isEqualTo(200);
    assertThat(status("health/ready")).isEqualTo(200);
  }

  @Test
  @Tag("fault")
  void a_scheduler_in_standby_or_stopped_is_not_ready_but_no_reason_for_a_restart()
      throws Exception {
    Scheduler quartz =
        product
            .service()
            .context()
            .getComponent("backup-quartz", QuartzComponent.class)
            .getScheduler();
    quartz.standby();
    assertThat(status("health/ready")).isEqualTo(503);
    assertThat(body("health/ready")).contains("\"message\":\"the scheduler is in standby\"");
    assertThat(status("health/live")).isEqualTo(200);
    assertThat(status("health")).isEqualTo(503);

    quartz.shutdown();
    assertThat(body("health/ready")).contains("the scheduler is stopped");
  }

  @Test
  @Tag("fault")
  void a_schedule_that_does_not_fire_is_told_by_its_site() throws Exception {
    product.jdbc().update("update qrtz_triggers set trigger_state = 'PAUSED', next_fire_time = 1");

    assertThat(status("health/ready")).isEqualTo(503);
    assertThat(body("health/ready")).contains("the schedule of shop does not fire");
  }

  @Test
  @Tag("fault")
  void a_store_that_is_away_is_not_ready_and_no_reason_for_a_restart() throws Exception {
    product.database().close();

    await().atMost(RunningProduct.PATIENCE).until(() -> status("health/ready") == 503);
    assertThat(body("health/ready"))
        .contains("the store does not accept writes", "\"since\":\"20")
        .doesNotContain("jdbc", "Exception");
    assertThat(status("health/live")).isEqualTo(200);
    assertThat(Scrape.value(Scrape.of(product), "backup_store_up")).isZero();
    assertThat(Scrape.of(product)).doesNotContain("\nbackup_sites_overdue ", "\nbackup_runs{");
    assertThat(Scrape.of(product)).contains("\nbackup_runs_ended_total{");
  }

  @Test
  void a_trigger_that_fails_is_a_detail() throws Exception {
    Registry registry = product.service().context().getRegistry();
    registry.unbind("backup-trigger-status");
    registry.bind(
        "backup-trigger-status",
        (TriggerStatusProvider)
            () ->
                List.of(
                    new TriggerStatusProvider.TriggerState("orders", Instant.now(), "a secret"),
                    new TriggerStatusProvider.TriggerState("inbox", null, null)));

    assertThat(status("health")).isEqualTo(200);
    assertThat(body("health"))
        .contains("\"message\":\"triggers that take no requests: orders\"")
        .contains("\"triggers\":[\"orders\"]");
  }

  private int status(String page) throws Exception {
    return Scrape.get(product, page).statusCode();
  }

  private String body(String page) throws Exception {
    return Scrape.get(product, page).body();
  }

  private TreeSet<String> names(String page) throws Exception {
    HttpResponse<String> answer = Scrape.get(product, page);
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode check : new ObjectMapper().readTree(answer.body()).path("checks")) {
      names.add(check.path("name").asText());
    }
    return names;
  }
}
