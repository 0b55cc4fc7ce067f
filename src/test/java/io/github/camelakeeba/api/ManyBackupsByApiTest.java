package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One call asks for the backups of all sites with a tag, or in a state. */
class ManyBackupsByApiTest {
  private static final OpenApiContract CONTRACT = new OpenApiContract();

  @TempDir Path folder;
  private final CountDownLatch release = new CountDownLatch(1);
  private RunningProduct product;
  private ApiClient api;
  private SimulatedSite blog;

  @BeforeEach
  void start() throws Exception {
    product = new RunningProduct(folder);
    SimulatedSite busy = site("busy");
    busy.fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    blog = site("blog");
    product
        .site("shop", site("shop").url(), "tags: [customers]")
        .site("blog", blog.url(), "tags: [customers, ours]")
        .site("busy", busy.url(), "tags: [customers]")
        .site("off", busy.url(), "tags: [customers]", "enabled: false")
        .site("wiki", site("wiki").url(), "tags: [ours]");
    api = new ApiClient(product.yaml("limits: {perHost: 9}\n").api().start());
  }

  @AfterEach
  void close() throws Exception {
    release.countDown();
    product.close();
  }

  private SimulatedSite site(String name) {
    return product.server().joomla(name).secret(RunningProduct.SECRET).steps(2);
  }

  private JsonNode ask(String body) throws Exception {
    ApiClient.Answer answer = api.post("/api/backups", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    if (!body.contains("site\"")) {
      JsonNode schema = CONTRACT.document().at("/components/schemas/BulkBackups");
      assertThat(CONTRACT.faults(schema, answer.text())).isEmpty();
    }
    return answer.json();
  }

  private static List<String> all(JsonNode list, String member) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(one -> one.path(member).asText())
        .toList();
  }

  private void refused(String path, String body, String why) throws Exception {
    ApiClient.Answer answer = api.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    problem(answer, why);
  }

  @Test
  @Tag("fault")
  void all_with_a_tag_are_backed_up_but_the_busy_and_those_that_are_off_which_are_named()
      throws Exception {
    String running = api.post("/api/backups", "busy").json().path("id").asText();
    JsonNode answer =
        ask("{\"tag\":\"customers\",\"id\":\"d-1\",\"description\":\"before {site}\"}");

    assertThat(all(answer.path("runs"), "site")).containsExactly("blog", "shop");
    assertThat(all(answer.path("runs"), "requestId")).containsExactly("d-1/blog", "d-1/shop");
    assertThat(all(answer.path("runs"), "requestedBy")).containsOnly("api");
    assertThat(all(answer.path("busy"), "run")).containsExactly(running);
    assertThat(answer.at("/busy/0/reason").asText()).startsWith("a backup of busy is ");
    assertThat(all(answer.path("skipped"), "site")).containsExactly("off");
    assertThat(answer.at("/skipped/0/reason").asText()).contains("enabled: false");
    for (JsonNode run : answer.path("runs")) {
      assertThat(product.outcome(run.path("id").asText()).data().description())
          .isEqualTo("before " + run.path("site").asText());
    }
    // the same id makes nothing new
    release.countDown();
    assertThat(product.outcome(running).data().state()).isEqualTo("completed");
    JsonNode again = ask("{\"tag\":\"customers\",\"id\":\"d-1\"}");
    assertThat(all(again.path("runs"), "id")).containsAll(all(answer.path("runs"), "id"));
    assertThat(all(again.path("runs"), "site")).containsExactly("blog", "busy", "shop");
  }

  @Test
  void those_that_wait_in_line_are_runs_too_where_the_sender_wants_that() throws Exception {
    api.post("/api/backups", "busy");
    JsonNode answer = ask("{\"tag\":\"customers\",\"ifBusy\":\"queue\"}");
    assertThat(all(answer.path("runs"), "site")).containsExactly("blog", "busy", "shop");
    assertThat(answer.path("busy")).isEmpty();
  }

  @Test
  void all_that_failed_are_tried_again_and_none_else() throws Exception {
    assertThat(ask("{\"state\":\"failed\"}").path("runs")).isEmpty();
    blog.failAt(1, "The disk is full");
    product.backup("blog");
    product.backup("wiki");
    blog.failAt(99, "");

    JsonNode answer =
        ask(
            "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/ci\",\"type\":\"t\",\"data\":{\"state\":\"failed\"}}");

    assertThat(all(answer.path("runs"), "requestId")).containsExactly("/ci#7/blog");
    assertThat(product.outcome(answer.at("/runs/0/id").asText()).data().state())
        .isEqualTo("completed");
    assertThat(ask("{\"state\":\"failed\"}").path("runs")).isEmpty();
    assertThat(ask("{\"state\":\"missed\"}").path("runs")).isEmpty();
  }

  @Test
  void what_is_wrong_is_refused_and_nothing_is_begun() throws Exception {
    String one = "name exactly one of 'site', 'tag' and 'state'";
    refused("/api/backups", "{\"tag\":\"ours\",\"state\":\"failed\"}", one);
    refused("/api/backups", "{\"tag\":\"ours\",\"site\":\"shop\"}", one);
    refused("/api/backups", "{\"state\":\"good\"}", "the member 'state' is one of failed, missed");
    refused("/api/backups", "{\"tag\":\"nix\"}", "no site has the tag 'nix'");
    refused("/api/backups", "{\"tag\":7}", "the member 'tag' is a text");
    refused("/api/backups", "{\"tag\":\"ours\",\"profile\":0}", "the member 'profile'");
    refused("/api/backups", "{\"tag\":\"ours\",\"sites\":[]}", "unknown member 'sites'");
    refused("/api/backups", "{\"tag\":\"ours\",\"id\":\"" + "x".repeat(126) + "\"}", "1 to 125");
    refused("/api/backups?wait=5s", "{\"tag\":\"ours\"}", "the parameter 'wait' is for one site");
    assertThat(product.database().count("run")).isZero();
  }

  @Test
  @Tag("fault")
  void an_id_that_another_sites_request_has_is_no_run_of_this_one() throws Exception {
    ask("{\"site\":\"shop\",\"id\":\"x/wiki\"}");
    JsonNode answer = ask("{\"tag\":\"ours\",\"id\":\"x\"}");
    assertThat(all(answer.path("runs"), "site")).containsExactly("blog");
    assertThat(answer.at("/skipped/0/site").asText()).isEqualTo("wiki");
    assertThat(answer.at("/skipped/0/reason").asText()).contains("x/wiki was given to another");
    await().until(() -> product.database().count("run where ended_at is not null") == 2);
  }
}
