package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.ForeignBackup;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What happened in a run, and when, is kept with it in plain words. */
class RunTimelineTest {
  private static final String PARTNER = "token-of-a-partner-agency";
  @TempDir Path folder;
  private RunningProduct product;
  private SimulatedSite shop;

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  private void start(String... lines) throws Exception {
    product = new RunningProduct(folder);
    start(product, lines);
  }

  private void start(RunningProduct made, String... lines) throws Exception {
    shop = made.server().joomla("shop").secret(RunningProduct.SECRET).steps(5);
    made.site("shop", shop.address(), lines)
        .yaml(
            """
            channels:
              ops: {type: mail, smtp: "%SMTP%", from: a@example.com, to: [ops@example.com]}
              gone: {type: webhook, url: "http://127.0.0.1:9/"}
            notify:
              - {on: [started, completed, failed, recovered], to: [ops, gone]}
            """)
        .property("backup.outbox.giveUpAfter = 1s")
        .property("backup.api.tokens.partner.token = " + PARTNER)
        .property("backup.api.tokens.partner.tags = customers")
        .api()
        .start();
  }

  @Test
  void a_token_with_tags_is_told_of_no_channel() throws Exception {
    start("tags: [customers]");
    String run = product.backup("shop").data().run();
    await().atMost(RunningProduct.PATIENCE).until(() -> kinds(timeline(run)).contains("delivered"));

    ApiClient api = new ApiClient(product);
    ApiClient.Answer answer =
        api.send(
            api.bare("/api/runs/" + run + "/timeline")
                .header("Authorization", "Bearer " + PARTNER)
                .GET());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().findValuesAsText("kind"))
        .contains("completed")
        .doesNotContain("delivered", "parked");
    assertThat(answer.text()).doesNotContain("ops", "gone");
  }

  private record Entry(Instant at, String kind, String text) {}

  private List<Entry> timeline(String run) throws Exception {
    ApiClient.Answer answer = new ApiClient(product).get("/api/runs/" + run + "/timeline");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<Entry> entries = new ArrayList<>();
    for (JsonNode entry : answer.json()) {
      entries.add(
          new Entry(
              Instant.parse(entry.path("at").asText()),
              entry.path("kind").asText(),
              entry.path("text").asText()));
    }
    assertThat(entries).extracting(Entry::at).isSorted();
    return entries;
  }

  private static List<String> kinds(List<Entry> entries) {
    return entries.stream().map(Entry::kind).toList();
  }

  private static String text(List<Entry> entries, String kind) {
    return entries.stream().filter(e -> e.kind().equals(kind)).findFirst().orElseThrow().text();
  }

  @Test
  void a_good_backup_tells_its_story_from_the_request_to_the_messages() throws Exception {
    start();
    Event outcome = product.backup("shop");
    String run = outcome.data().run();
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                kinds(timeline(run)).stream().filter(k -> k.matches("delivered|parked")).count()
                    == 4);

    List<Entry> entries = timeline(run);

    assertThat(kinds(entries).stream().filter(kind -> !kind.matches("delivered|parked")))
        .containsExactly("queued", "claimed", "endpoint", "started", "verified", "completed");
    assertThat(text(entries, "queued")).startsWith("Queued, requested by: command");
    assertThat(text(entries, "claimed")).matches("Claimed by node \\S+/[0-9a-f]{8}");
    assertThat(text(entries, "endpoint"))
        .matches("Found the API at http://127\\.0\\.0\\.1:\\d+/\\S+ \\(v2\\)");
    assertThat(text(entries, "started")).contains(outcome.data().backupid(), "profile 1");
    assertThat(text(entries, "verified")).contains("the archive begins as it should");
    assertThat(text(entries, "completed")).matches("Completed: .* in 5 steps");
    assertThat(entries)
        .extracting(Entry::text)
        .contains("ops was told: started", "ops was told: completed")
        .anyMatch(
            text -> text.startsWith("gone could not be told (completed), the message is parked: "));

    String second = product.backup("shop").data().run();
    assertThat(text(timeline(second), "endpoint")).startsWith("The API is at http://127.0.0.1:");
  }

  @Test
  void a_lost_answer_says_what_was_decided_and_what_came_of_it() throws Exception {
    start();
    shop.fault(Fault.on("stepBackup").nth(3).answerLost());

    List<Entry> entries = timeline(product.backup("shop").data().run());

    assertThat(kinds(entries))
        .containsSubsequence(
            "started", "lost-answer", "asked-site", "recovered", "verified", "completed");
    assertThat(text(entries, "lost-answer"))
        .matches("The answer of step 3 was lost after \\d+ (ms|s), so the site is asked first: .+");
    assertThat(text(entries, "asked-site")).startsWith("Asked the site: nobody is at work;");
    assertThat(text(entries, "recovered")).contains("had run to its end");
  }

  @Test
  void another_clients_backup_is_waited_for_in_plain_sight() throws Exception {
    start("busyWait: 1m", "deadAfter: 10m");
    ForeignBackup foreign = shop.foreignBackup("cli");
    Run run = product.request("shop");
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> kinds(timeline(run.id())).contains("waiting"));
    foreign.finish();
    product.outcome(run.id());

    List<Entry> entries = timeline(run.id());

    assertThat(kinds(entries)).containsSubsequence("claimed", "waiting", "waited", "started");
    assertThat(text(entries, "waiting"))
        .matches(
            "Waiting for another backup \\(record %s, origin cli\\) since \\S+Z, until \\S+Z"
                .formatted(foreign.id()));
  }

  @Test
  void a_later_attempt_says_when_and_why_and_masks_what_is_secret() throws Exception {
    start("retry: {unreachable: 1}");
    shop.fault(
        Fault.on("getProfiles").page(503, "<p>key=" + RunningProduct.SECRET + "</p>").times(3));

    List<Entry> entries = timeline(product.backup("shop").data().run());

    assertThat(kinds(entries))
        .containsSubsequence("claimed", "endpoint", "retry", "continued", "started", "completed");
    assertThat(text(entries, "retry"))
        .matches("Trying again at \\S+Z, attempt 2 of 2: .*HTTP 503.*");
    assertThat(text(entries, "continued"))
        .matches("Continued by node \\S+, before its first start");
    assertThat(entries).extracting(Entry::text).noneMatch(t -> t.contains(RunningProduct.SECRET));
  }

  @Test
  void a_stop_and_a_restart_are_told_with_the_node_that_goes_on() throws Exception {
    product = new RunningProduct(folder).durable();
    start(product);
    shop.steps(1000).stepTime(Duration.ofMillis(50)); // more than a busy machine can get through
    Run run = product.request("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 3);
    product.stop();
    CountDownLatch held = new CountDownLatch(1); // else it may end before it is stopped
    shop.fault(Fault.on("stepBackup").holdAnswer(held));
    int steps = shop.requests("stepBackup").size();
    product.start();
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> kinds(timeline(run.id())).contains("continued"));
    ApiClient api = new ApiClient(product);
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > steps);
    assertThat(api.post("/api/runs/" + run.id() + "/stop", "").status()).isEqualTo(202);
    held.countDown();
    product.outcome(run.id());

    List<Entry> entries = timeline(run.id());

    assertThat(kinds(entries))
        .containsSubsequence("started", "suspended", "continued", "stop-asked", "failed");
    assertThat(text(entries, "continued")).matches("Continued by node \\S+ after step \\d+");
    assertThat(text(entries, "failed")).startsWith("Failed (stopped): A user stopped it");
  }

  @Test
  void what_comes_after_200_entries_is_counted() throws Exception {
    start();
    String run = product.backup("shop").data().run();
    JdbcTemplate jdbc = product.jdbc();
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, 200)
        .forEach(
            i -> lines.append("2026-01-01T00:00:00Z\tasked-site\tno. ").append(i).append('\n'));
    jdbc.update("update run set timeline = ?, noted = 1400 where id = ?", lines.toString(), run);

    List<Entry> entries = timeline(run);

    assertThat(entries).hasSize(201);
    int own = (int) entries.stream().filter(entry -> entry.kind().equals("asked-site")).count();
    assertThat(entries.get(200).kind()).isEqualTo("more");
    assertThat(entries.get(200).text()).isEqualTo("… and 1,%s more".formatted(400 - own));
    assertThat(kinds(entries)).contains("queued", "completed");
  }

  @Test
  void a_timeline_that_can_not_be_written_is_no_failure_of_the_backup() throws Exception {
    start();
    product.jdbc().execute("alter table run alter column timeline varchar(3) default '' not null");

    Event outcome = product.backup("shop");

    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(kinds(timeline(outcome.data().run()))).contains("queued", "completed");
    assertThat(shop.violations()).isEmpty();
  }

  @Test
  void an_unknown_run_has_none() throws Exception {
    start();

    assertThat(new ApiClient(product).get("/api/runs/nix/timeline").status()).isEqualTo(404);
  }
}
