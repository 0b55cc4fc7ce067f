package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RequestsByApiTest {
  private static final List<String> RUN =
      List.of(
          "id",
          "requestId",
          "site",
          "state",
          "trigger",
          "requestedBy",
          "profile",
          "description",
          "backupid",
          "recordId",
          "step",
          "stepText",
          "domain",
          "progress",
          "attempts",
          "queuedAt",
          "dueAt",
          "startedAt",
          "endedAt",
          "outcome");

  @TempDir Path folder;
  private RunningProduct product;
  private SimulatedSite shop;
  private ApiClient api;

  @BeforeEach
  void start() throws Exception {
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(4);
    product.site("shop", shop.url()).api().start();
    api = new ApiClient(product);
  }

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  private CountDownLatch hold() {
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    return release;
  }

  private static List<String> members(JsonNode node) {
    List<String> members = new ArrayList<>();
    node.fieldNames().forEachRemaining(members::add);
    return members;
  }

  @Test
  void a_site_name_gives_202_and_a_run_with_exactly_the_documented_members() throws Exception {
    ApiClient.Answer answer = api.post("/api/backups", "shop");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.type()).isEqualTo("application/json");
    assertThat(members(answer.json())).containsExactlyElementsOf(RUN);
    assertThat(answer.json().path("site").asText()).isEqualTo("shop");
    assertThat(answer.json().path("trigger").asText()).isEqualTo("api");
    product.outcome(answer.json().path("id").asText());
  }

  @Test
  void json_and_the_data_of_a_cloud_event_are_requests_too() throws Exception {
    ApiClient.Answer json =
        api.post(
            "/api/backups?wait=30s",
            "{\"site\":\"shop\",\"description\":\"before deploy 1.4\"}",
            "Content-Type",
            "application/json");
    assertThat(json.status()).isEqualTo(200);
    ApiClient.Answer event =
        api.post(
            "/api/backups?wait=30s",
            """
            {"specversion":"1.0","id":"7","source":"/ci","type":"x",
             "data":{"site":"shop","comment":"by event"}}
            """,
            "Content-Type",
            "application/cloudevents+json");
    assertThat(event.status()).isEqualTo(200);
    assertThat(shop.requests("startBackup").get(0).param("description"))
        .isEqualTo("before deploy 1.4");
    assertThat(shop.requests("startBackup").get(1).param("comment")).isEqualTo("by event");
  }

  @Test
  void waiting_long_enough_gives_200_and_the_outcome_event() throws Exception {
    ApiClient.Answer answer = api.post("/api/backups?wait=30s", "shop");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/cloudevents+json");
    assertThat(answer.json().path("type").asText())
        .isEqualTo("io.github.camelakeeba.backup.completed.v1");
    assertThat(answer.json().at("/data/trigger").asText()).isEqualTo("api");
  }

  @Test
  void waiting_too_short_gives_202_and_the_run() throws Exception {
    CountDownLatch release = hold();

    ApiClient.Answer answer = api.post("/api/backups?wait=300ms", "shop");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("state").asText()).isIn("queued", "running");
    assertThat(answer.json().path("outcome").isNull()).isTrue();
    release.countDown();
    product.outcome(answer.json().path("id").asText());
  }

  @Test
  void a_known_id_gives_its_run_and_starts_nothing() throws Exception {
    CountDownLatch release = hold();
    String wish = "{\"site\":\"shop\",\"id\":\"deploy-1.4\"}";

    ApiClient.Answer first = api.post("/api/backups", wish);
    ApiClient.Answer second = api.post("/api/backups", wish);
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(second.json().path("requestId").asText()).isEqualTo("deploy-1.4");

    release.countDown();
    product.outcome(first.json().path("id").asText());
    ApiClient.Answer third = api.post("/api/backups", wish);
    assertThat(third.status()).isEqualTo(200);
    assertThat(third.json().path("subject")).isEqualTo(first.json().path("id"));
    assertThat(shop.requests("startBackup")).hasSize(1);
  }

  @Test
  void a_busy_site_gives_409_unless_the_caller_queues() throws Exception {
    CountDownLatch release = hold();
    ApiClient.Answer first = api.post("/api/backups", "shop");

    ApiClient.Answer refused = api.post("/api/backups", "shop");
    assertThat(refused.status()).isEqualTo(409);
    problem(refused, "a backup of shop is");
    ApiClient.Answer queued = api.post("/api/backups", "{\"site\":\"shop\",\"ifBusy\":\"queue\"}");
    assertThat(queued.status()).isEqualTo(202);
    assertThat(queued.json().path("id")).isNotEqualTo(first.json().path("id"));

    release.countDown();
    assertThat(product.outcome(queued.json().path("id").asText()).data().state())
        .isEqualTo("completed");
    assertThat(shop.violations()).isEmpty();
  }

  @Test
  void a_run_and_the_sites_can_be_read() throws Exception {
    String id = api.post("/api/backups?wait=30s", "shop").json().path("subject").asText();

    ApiClient.Answer run = api.get("/api/runs/" + id);
    assertThat(run.status()).isEqualTo(200);
    assertThat(members(run.json())).containsExactlyElementsOf(RUN);
    assertThat(run.json().path("state").asText()).isEqualTo("completed");
    assertThat(run.json().path("step").asInt()).isEqualTo(4);
    assertThat(run.json().at("/outcome/data/run").asText()).isEqualTo(id);

    ApiClient.Answer sites = api.get("/api/sites");
    assertThat(sites.status()).isEqualTo(200);
    assertThat(sites.json()).hasSize(1);
    assertThat(sites.json().at("/0/site").asText()).isEqualTo("shop");
    assertThat(sites.json().at("/0/lastGood").asText()).startsWith("20");
    assertThat(sites.text()).doesNotContain(RunningProduct.SECRET);
    assertThat(api.get("/api/sites/shop").json().at("/run/id").asText()).isEqualTo(id);
  }

  static void problem(ApiClient.Answer answer, String sentence) {
    // no charset: the type has none, and what is JSON is UTF-8
    assertThat(answer.response().headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
    assertThat(answer.json().path("type").asText())
        .matches("urn:camel-akeeba-backup:problem:[a-z]+(-[a-z]+)*");
    assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
    assertThat(answer.json().path("title").asText()).isNotEmpty();
    assertThat(answer.json().path("detail").asText()).contains(sentence);
    assertThat(answer.text()).doesNotContain("Exception", "\tat ");
  }
}
