package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.demo.Fault;
import io.github.camelakeeba.demo.SimulatedSite;
import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.product.Product;
import io.github.camelakeeba.product.SomebodyElse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user stops a run: it sends nothing more, and ends as failed with the kind stopped. */
class StopByApiTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private Product product;
  private SimulatedSite shop;
  private ApiClient api;

  @BeforeEach
  void start() throws Exception {
    product = new Product(folder).durable();
    shop = product.server().joomla("shop").secret(Product.SECRET).steps(6);
    product.site("shop", shop.url(), "busyWait: 10m", "retry: {unreachable: 3}").api().start();
    api = new ApiClient(product);
  }

  @AfterEach
  void close() throws Exception {
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
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
    String run = begun("shop");
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
    String run = api.post("/api/backups?wait=30s", "shop").json().path("subject").asText();

    ApiClient.Answer ended = api.post("/api/runs/" + run + "/stop", "");
    assertThat(ended.status()).isEqualTo(409);
    problem(ended, "the run has ended already (completed)");
    ApiClient.Answer unknown = api.post("/api/runs/nix/stop", "");
    assertThat(unknown.status()).isEqualTo(404);
    problem(unknown, "there is no such run");
  }

  @Test
  void one_that_waits_in_line_ends_at_once_and_sends_nothing() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    String first = begun("shop");
    String second = begun("{\"site\":\"shop\",\"ifBusy\":\"queue\"}");

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
    product.stop();
    product.property("backup.recovery.retryPause = 5m").start();
    api = new ApiClient(product);
    shop.fault(Fault.on("getProfiles").always().html503());
    String run = begun("shop");
    await()
        .atMost(Product.PATIENCE)
        .until(
            () ->
                !api.get("/api/runs/" + run).json().path("dueAt").isNull()
                    && api.get("/api/runs/" + run).json().path("startedAt").isTextual()
                    && api.get("/api/runs/" + run).json().path("state").asText().equals("queued"));

    assertThat(stop(run).path("state").asText()).isEqualTo("failed");
    stopped(product.outcome(run));
    assertThat(api.post("/api/backups", "shop").status()).isEqualTo(202);
  }

  @Test
  void one_that_waits_for_the_site_ends_at_once_and_its_site_is_free() throws Exception {
    SomebodyElse.starts(shop);
    String run = begun("shop");
    await().atMost(SOON).until(() -> !shop.requests("listBackups").isEmpty());

    assertThat(stop(run).path("state").asText()).isEqualTo("failed");
    stopped(product.outcome(run));
    assertThat(shop.requests("startBackup")).hasSize(1); // theirs
  }

  @Test
  void a_process_that_dies_between_the_wish_and_the_end_leaves_the_wish() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
    String run = begun("shop");
    await().atMost(SOON).until(() -> shop.requests("stepBackup").size() == 2);
    stop(run);
    // as its process would leave it: nobody's, with a step under way
    product.jdbc().update("update run set owner = 'gone', claim = claim + 1 where id = ?", run);
    release.countDown();

    stopped(product.outcome(run));
    assertThat(shop.requests("stepBackup")).hasSize(2);
  }
}
