package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.outbox.OutboxRows;
import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health page and metrics tell of trouble, to everybody, and tell no secret. */
class ObservedTest {
  private static final String ERROR = "POST /services/T0PS3CR3T/path: the server said <secret>";

  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).api();
    for (int i = 10; i < 35; i++) {
      product.site("late-" + i, product.server().joomla("late-" + i).url(), "overdueAfter: 1h");
    }
    product
        .yaml(
            """
            channels:
              hook: {type: webhook, url: "http://127.0.0.1:9/services/T0PS3CR3T/path"}
              slow: {type: webhook, url: "http://127.0.0.1:9/services/SL0WS3CR3T/path"}
              tried: {type: webhook, url: "http://127.0.0.1:9/services/TR1EDS3CR3T/path"}
            notify: []
            """)
        .start();
    new OutboxRows(product.jdbc().getDataSource())
        .parked("hook", "a", ERROR)
        .parked("hook", "b", ERROR)
        .failing("slow", "c", ERROR);
    product.jdbc().update("update standing set entered_at = ?", OffsetDateTime.now().minusHours(2));
    api = new ApiClient(product);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static JsonNode check(JsonNode health, String name) {
    return StreamSupport.stream(health.path("checks").spliterator(), false)
        .filter(check -> check.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void parked_messages_and_overdue_sites_are_details_that_let_the_service_be_up() throws Exception {
    ApiClient.Answer health = api.send(api.bare("/observe/health").GET());

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().path("status").asText()).isEqualTo("UP");
    JsonNode outbox = check(health.json(), "outbox");
    assertThat(outbox.path("status").asText()).isEqualTo("UP");
    assertThat(outbox.path("message").asText())
        .startsWith("2 parked messages for hook; slow not reached since 20");
    assertThat(outbox.at("/channels/0").toString())
        .contains("\"channel\":\"hook\"", "\"parked\":2");
    JsonNode overdue = check(health.json(), "overdue");
    assertThat(overdue.path("status").asText()).isEqualTo("UP");
    assertThat(overdue.path("message").asText())
        .startsWith("no good backup for too long: late-10, late-11, ")
        .endsWith(", late-29 and 5 more");
    assertThat(overdue.path("count").asInt()).isEqualTo(25);
    assertThat(overdue.path("sites")).hasSize(20);
    assertThat(health.text()).doesNotContain("T0PS3CR3T", "SL0WS3CR3T", "the server said");
  }

  @Test
  void metrics_are_prometheus_text_and_count_what_happens() throws Exception {
    await()
        .atMost(RunningProduct.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(metrics().text())
                    .contains("backup_outbox_parked{channel=\"hook\"} 2.0")
                    .contains("backup_outbox_pending{channel=\"slow\"} 1.0")
                    .contains("backup_sites_overdue 25.0", "backup_sites_failing 0.0"));
    ApiClient.Answer metrics = metrics();
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.response().headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.text()).doesNotContain("T0PS3CR3T", "SL0WS3CR3T", "the server said");
  }

  @Test
  void each_attempt_to_deliver_is_counted() throws Exception {
    new OutboxRows(product.jdbc().getDataSource()).fresh("tried", "e");

    await()
        .atMost(RunningProduct.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(metrics().text())
                    .containsPattern(
                        "backup_deliveries_total\\{channel=\"tried\",result=\"failed\"} [1-9]")
                    .contains(
                        "backup_deliveries_total{channel=\"tried\",result=\"delivered\"} 0.0"));
  }

  private static ApiClient.Answer metrics() throws Exception {
    return api.send(api.bare("/observe/metrics").GET());
  }
}
