package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.config.Configuration.Report;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.schedule.ScheduledReports;
import io.github.camelakeeba.schedule.ScheduledReports.DueReport;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of all sites come at their time, once, also when all is well. */
@Tag("slow")
class ReportTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/remote.php");

  @TempDir Path folder;
  private WebhookReceiver web;
  private RunningProduct product;

  @BeforeEach
  void prepare() throws IOException {
    web = new WebhookReceiver();
    product = new RunningProduct(folder).durable();
  }

  @AfterEach
  void close() throws IOException {
    product.close();
    web.close();
  }

  private RunningProduct reports(String... reports) {
    return product.yaml(
        """
        channels:
          hook: {type: webhook, url: "%s"}
          other: {type: webhook, url: "%s"}
        notify: []
        reports:
          - %s
        """
            .formatted(web.url("/hook"), web.url("/other"), String.join("\n  - ", reports)));
  }

  private static String daily(Instant at) {
    ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
    return "\"%s %s %s * * ?\"".formatted(utc.getSecond(), utc.getMinute(), utc.getHour());
  }

  private List<JsonNode> taken() {
    return web.taken("/hook");
  }

  @Test
  void a_report_comes_at_its_time_with_a_row_a_site_the_worst_first() throws Exception {
    SimulatedSite good = product.server().joomla("good").secret(RunningProduct.SECRET).steps(2);
    product
        .site("good", good.url(), "zone: UTC", "title: A good one", "schedule: \"0 30 2 1 1 ?\"")
        .site("bad", NOWHERE, "zone: UTC", "retry: {unreachable: 0}", "tags: [customers]");
    reports(
            "{to: hook, every: \"* * * * * ?\", zone: UTC}",
            "{to: other, every: \"* * * * * ?\", zone: UTC, tags: customers}")
        .schedules()
        .start();
    product.backup("good");
    product.backup("bad");

    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> taken().stream().anyMatch(one -> one.at("/data/states").has("failed")));
    JsonNode report =
        taken().stream().filter(one -> one.at("/data/states").has("failed")).findFirst().get();

    assertThat(report.path("type").asText()).isEqualTo("io.github.camelakeeba.backup.report.v1");
    assertThat(report.path("id").asText()).matches("reports/all/\\S+:\\d\\dZ");
    assertThat(report.at("/data/sentence").asText()).contains("1 of 2 sites");
    assertThat(report.at("/data/total").asInt()).isEqualTo(2);
    JsonNode bad = report.at("/data/sites/0");
    assertThat(bad.path("site").asText()).isEqualTo("bad");
    assertThat(bad.path("state").asText()).isEqualTo("failed");
    assertThat(bad.path("reason").asText()).isNotBlank();
    assertThat(bad.path("strip").asText()).hasSize(30).endsWith("f");
    assertThat(bad.path("lastGoodAt").isNull()).isTrue();
    JsonNode shop = report.at("/data/sites/1");
    assertThat(shop.path("title").asText()).isEqualTo("A good one");
    assertThat(shop.path("state").asText()).isEqualTo("completed");
    assertThat(shop.path("strip").asText()).endsWith("c");
    assertThat(shop.path("size").asLong()).isPositive();
    assertThat(shop.path("schedule").asText()).isEqualTo("at 02:30 on the 1st of January");
    assertThat(shop.path("nextRun").asText()).matches("\\d{4}-01-01T02:30:00Z");
    assertThat(web.ids("/hook")).doesNotHaveDuplicates();

    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                web.taken("/other").stream().anyMatch(one -> one.at("/data/states").has("failed")));
    JsonNode customers = web.taken("/other").get(0);
    assertThat(customers.path("subject").asText()).isEqualTo("sites of customers");
    assertThat(customers.at("/data/sites").findValuesAsText("site")).containsExactly("bad");
  }

  @Tag("fault")
  @Test
  void a_report_that_was_due_while_nobody_was_there_comes_once_and_again_until_it_is_taken()
      throws Exception {
    Instant due = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    web.answer("/hook", 500, 204);
    product.site("shop", NOWHERE, "zone: UTC");
    reports("{to: hook, zone: UTC, every: %s}".formatted(daily(due))).schedules().start().stop();
    assertThat(web.all("/hook")).isEmpty();
    try (Database database = Database.file(folder.resolve("data"), 2)) {
      assertThat(
              database
                  .jdbc()
                  .update(
                      "update qrtz_triggers set next_fire_time = ?, start_time = ?",
                      due.toEpochMilli(),
                      due.minusSeconds(60).toEpochMilli()))
          .isOne();
    }

    product.start();

    await()
        .during(Duration.ofSeconds(2))
        .atMost(RunningProduct.PATIENCE)
        .until(() -> taken().size() == 1);
    assertThat(taken().get(0).path("id").asText()).isEqualTo("reports/all/" + due);
    assertThat(web.all("/hook")).hasSize(2);
    assertThat(web.all("/hook").get(0).body()).isEqualTo(web.all("/hook").get(1).body());
  }

  @Tag("fault")
  @Test
  void a_fire_that_comes_again_or_on_another_node_sends_nothing_more() throws Exception {
    product.site("shop", NOWHERE, "zone: UTC");
    reports("{to: [hook, other], zone: UTC, every: monthly}").start();
    ScheduledReports reports =
        product
            .service()
            .context()
            .getRegistry()
            .lookupByNameAndType("backup-scheduled-reports", ScheduledReports.class);
    Report monthly = product.service().configuration().reports().get(0);
    Instant due = Instant.parse("2026-11-01T07:00:00Z");

    reports.send(new DueReport(monthly, due));
    reports.send(new DueReport(monthly, due));

    assertThat(product.jdbc().queryForList("select channel from outbox", String.class))
        .containsExactlyInAnyOrder("hook", "other");
    reports.send(new DueReport(monthly, due.plus(Duration.ofDays(30))));
    assertThat(product.jdbc().queryForObject("select count(*) from outbox", Integer.class))
        .isEqualTo(4);
  }
}
