package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.product.ForeignClient;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user stops a run: it sends nothing more, and ends as failed with the kind stopped. */
class StopByApiTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final List<String> SITES =
      List.of("inflight", "over", "line", "attempt", "site", "dies");

  @TempDir static Path folder;
  private static final Map<String, SimulatedSite> ALL = new HashMap<>();
  private static RunningProduct product;
  private static ApiClient api;
  private SimulatedSite shop;

  /** A site for each test, since all have the same service. */
  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).durable().property("backup.recovery.retryPause = 5m");
    for (String name : SITES) {
      ALL.put(name, product.server().joomla(name).secret(RunningProduct.SECRET).steps(6));
      // a tenth of busyWait is slept between two looks, also by one that was stopped meanwhile
      product.site(name, ALL.get(name).url(), "busyWait: 20s", "retry: {unreachable: 3}");
    }
    api = new ApiClient(product.yaml("limits: {perHost: 9}\n").api().start());
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private String begun(String request) throws Exception {
    return api.post("/api/backups", request).json().path("id").asText();
  }

  private JsonNode stop(String run) throws Exception {
    ApiClient.Answer answer = api.post("/api/runs/" + run + "/stop", "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.json().path("id").asText()).isEqualTo(run);
    return answer.json();
  }

  private void stopped(Event outcome) {
    assertThat(outcome.data().state()).isEqualTo("failed");
    assertThat(outcome.data().error().kind()).isEqualTo("stopped");
    assertThat(shop.violations()).isEmpty();
  }

  @Test
  void a_step_in_flight_is_awaited_and_no_other_is_sent() throws Exception {
    shop = ALL.get("inflight");
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
    String run = begun("inflight");
    await().atMost(SOON).until(() -> shop.requests("stepBackup").size() == 2);

    assertThat(stop(run).path("state").asText()).isEqualTo("running");
    assertThat(stop(run).path("outcome").isNull()).isTrue();
    release.countDown();

    Event outcome = product.outcome(run);
    stopped(outcome);
    assertThat(outcome.data().error().message()).contains("after step 2").contains("stays");
    assertThat(shop.requests("stepBackup")).hasSize(2);
    assertThat(shop.requests("deleteFiles")).isEmpty();
    assertThat(shop.requests("delete")).isEmpty();
    assertThat(shop.records()).hasSize(1);
  }

  @Test
  void a_run_that_has_ended_is_409_and_one_that_is_not_there_404() throws Exception {
    shop = ALL.get("over");
    String run = api.post("/api/backups?wait=30s", "over").json().path("subject").asText();

    ApiClient.Answer ended = api.post("/api/runs/" + run + "/stop", "");
    assertThat(ended.status()).isEqualTo(409);
    problem(ended, "the run has ended already (completed)");
    ApiClient.Answer unknown = api.post("/api/runs/nix/stop", "");
    assertThat(unknown.status()).isEqualTo(404);
    problem(unknown, "there is no such run");
  }

  @Test
  void one_that_waits_in_line_ends_at_once_and_sends_nothing() throws Exception {
    shop = ALL.get("line");
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    String first = begun("line");
    String second = begun("{\"site\":\"line\",\"ifBusy\":\"queue\"}");

    JsonNode ended = stop(second);
    assertThat(ended.path("state").asText()).isEqualTo("failed");
    assertThat(ended.at("/outcome/data/error/kind").asText()).isEqualTo("stopped");
    assertThat(ended.at("/outcome/data/startedAt").isNull()).isTrue();

    release.countDown();
    assertThat(product.outcome(first).data().state()).isEqualTo("completed");
    assertThat(shop.requests("startBackup")).hasSize(1);
  }

  @Test
  void one_that_waits_for_its_next_attempt_says_when_that_is_and_ends_at_once() throws Exception {
    shop = ALL.get("attempt");
    shop.fault(Fault.on("getProfiles").always().html503());
    String run = begun("attempt");
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                !api.get("/api/runs/" + run).json().path("dueAt").isNull()
                    && api.get("/api/runs/" + run).json().path("startedAt").isTextual()
                    && api.get("/api/runs/" + run).json().path("state").asText().equals("queued"));

    assertThat(stop(run).path("state").asText()).isEqualTo("failed");
    stopped(product.outcome(run));
    assertThat(api.post("/api/backups", "attempt").status()).isEqualTo(202);
  }

  @Test
  void one_that_waits_for_the_site_ends_at_once_and_its_site_is_free() throws Exception {
    shop = ALL.get("site");
    ForeignClient.starts(shop);
    String run = begun("site");
    await().atMost(SOON).until(() -> !shop.requests("listBackups").isEmpty());

    assertThat(stop(run).path("state").asText()).isEqualTo("failed");
    stopped(product.outcome(run));
    assertThat(shop.requests("startBackup")).hasSize(1); // theirs
  }

  @Test
  void a_process_that_dies_between_the_stop_request_and_the_end_leaves_the_request()
      throws Exception {
    shop = ALL.get("dies");
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
    String run = begun("dies");
    await().atMost(SOON).until(() -> shop.requests("stepBackup").size() == 2);
    stop(run);
    // as its process would leave it: nobody's, with a step under way
    product.jdbc().update("update run set owner = 'gone', claim = claim + 1 where id = ?", run);
    release.countDown();

    stopped(product.outcome(run));
    assertThat(shop.requests("stepBackup")).hasSize(2);
  }
}
