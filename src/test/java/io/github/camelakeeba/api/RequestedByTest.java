package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run, its outcome and its line in the log say whose request it was. */
class RequestedByTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).durable().schedules();
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
    SimulatedSite tick = product.server().joomla("tick").secret(RunningProduct.SECRET).steps(1);
    product
        .site("shop", shop.url())
        .site("tick", tick.url(), "schedule: \"* * * * * ?\"")
        .yaml("triggers: [{name: deploys, from: \"seda:deploys\"}]\n");
    api = new ApiClient(product.api().start());
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static String of(String body, String... headers) throws Exception {
    JsonNode outcome = api.post("/api/backups?wait=60s", body, headers).json();
    JsonNode run = api.get("/api/runs/" + outcome.path("subject").asText()).json();
    String requestedBy = run.path("requestedBy").asText();
    assertThat(run.at("/outcome/data/requestedBy").asText()).isEqualTo(requestedBy);
    assertThat(outcome.at("/data/requestedBy").asText()).isEqualTo(requestedBy);
    return requestedBy;
  }

  private static Set<String> ofRuns(String site) throws Exception {
    JsonNode runs = api.get("/api/runs?site=" + site).json();
    return StreamSupport.stream(runs.spliterator(), false)
        .map(run -> run.path("requestedBy").asText())
        .collect(Collectors.toSet());
  }

  @Test
  void a_call_is_its_callers() throws Exception {
    assertThat(of("{\"site\":\"shop\",\"ifBusy\":\"queue\"}")).isEqualTo("api");
  }

  @Test
  void only_a_command_says_whose_it_is() throws Exception {
    assertThat(of("{\"site\":\"shop\",\"ifBusy\":\"queue\"}", BackupResource.COMMAND_USER, "jo"))
        .isEqualTo("api");
  }

  @Test
  void a_message_is_its_triggers_and_a_fire_its_schedules() throws Exception {
    product.service().context().createProducerTemplate().sendBody("seda:deploys", "shop");
    await()
        .atMost(RunningProduct.PATIENCE)
        .untilAsserted(() -> assertThat(ofRuns("shop")).contains("trigger:deploys"));
    await()
        .atMost(RunningProduct.PATIENCE)
        .untilAsserted(() -> assertThat(ofRuns("tick")).containsExactly("schedule"));
  }

  @Test
  void a_run_of_an_earlier_version_has_none() throws Exception {
    String run =
        api.post("/api/backups?wait=60s", "{\"site\":\"shop\",\"ifBusy\":\"queue\"}")
            .json()
            .path("subject")
            .asText();
    product.jdbc().update("update run set requested_by = null where id = ?", run);
    assertThat(api.get("/api/runs/" + run).json().get("requestedBy").isNull()).isTrue();
  }
}
