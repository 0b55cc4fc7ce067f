package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventCopies;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Many events come in one message where a rule says so, and none is lost. */
@Tag("slow")
class DigestTest {
  @TempDir Path folder;

  private WebhookReceiver web;
  private RunningProduct product;

  @BeforeEach
  void start() throws IOException {
    web = new WebhookReceiver();
    product = new RunningProduct(folder).durable();
    for (String name : List.of("a", "b", "c")) {
      SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(2);
      product.site(name, site.url(), "zone: UTC");
    }
  }

  @AfterEach
  void stop() throws IOException {
    product.close();
    web.close();
  }

  private String rules(String... rules) {
    return "limits: {perHost: 10}\nchannels: {hook: {type: webhook, url: \"%s\"}}\nnotify:\n  - %s\n"
        .formatted(web.url("/hook"), String.join("\n  - ", rules));
  }

  private JsonNode only() {
    await().atMost(RunningProduct.PATIENCE).until(() -> web.taken("/hook").size() >= 1);
    assertThat(web.taken("/hook")).hasSize(1);
    return web.taken("/hook").get(0);
  }

  @Test
  void all_of_a_window_come_in_one_message_when_it_closes() throws Exception {
    product.yaml(rules("{on: completed, to: hook, digest: 3s}")).start();
    Instant first = Instant.now();
    List<String> runs = Stream.of("a", "b", "c").map(site -> product.request(site).id()).toList();
    runs.forEach(product::outcome);
    JsonNode digest = only();

    assertThat(Instant.now()).isAfter(first.plusSeconds(3));
    assertThat(digest.path("type").asText()).isEqualTo("io.github.camelakeeba.backup.digest.v1");
    assertThat(digest.at("/data/reason").asText()).isEqualTo("digest");
    assertThat(digest.at("/data/counts/completed").asInt()).isEqualTo(3);
    assertThat(digest.at("/data/events").findValuesAsText("site"))
        .containsExactlyInAnyOrder("a", "b", "c");

    // the next window begins with the next event; without one there is no message
    product.backup("a");
    await().atMost(RunningProduct.PATIENCE).until(() -> web.taken("/hook").size() == 2);
    assertThat(web.taken("/hook").get(1).at("/data/events")).hasSize(1);
    assertThat(web.ids("/hook")).doesNotHaveDuplicates();
  }

  @Test
  void a_window_survives_a_restart_and_comes_again_as_the_same_message_when_it_was_not_taken()
      throws Exception {
    web.answer("/hook", 500, 204);
    product.yaml(rules("{on: completed, to: hook, digest: 1h}")).start();
    product.backup("a");
    product.stop();
    product.start();
    product.backup("b");
    closeWindows();
    JsonNode digest = only();

    assertThat(digest.at("/data/events").findValuesAsText("site")).containsExactly("a", "b");
    assertThat(web.all("/hook")).hasSize(2);
    assertThat(web.all("/hook").get(0).json()).isEqualTo(web.all("/hook").get(1).json());
  }

  @Test
  void of_two_rules_for_one_channel_the_sooner_one_counts_and_it_is_told_once() throws Exception {
    product
        .yaml(
            rules(
                "{on: completed, to: hook, digest: 1h}",
                "{on: completed, sites: [a], to: hook}",
                "{on: completed, sites: ['b*'], except: [a], to: hook, digest: 1s}"))
        .start();
    product.backup("a");
    product.backup("b");
    product.backup("c");
    await().atMost(RunningProduct.PATIENCE).until(() -> web.taken("/hook").size() == 2);

    assertThat(web.states("/hook").get(0)).isEqualTo("completed");
    assertThat(web.taken("/hook").get(1).at("/data/events").findValuesAsText("site"))
        .containsExactly("b");
    assertWaiting(1);
  }

  @Test
  void in_quiet_hours_what_is_not_urgent_waits_and_a_failure_does_not() throws Exception {
    LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    String quiet = "quiet: \"%s-%s\"".formatted(now.minusHours(1), now.plusHours(2));
    product.yaml(rules("{on: [completed, failed], to: hook, " + quiet + "}")).start();
    product.backup("a");
    product.backup("{\"site\":\"b\",\"profile\":77}");
    JsonNode failed = only();

    assertThat(failed.at("/data/state").asText()).isEqualTo("failed");
    assertWaiting(1);
  }

  @Test
  void five_thousand_outcomes_are_one_message_in_which_none_is_missing() throws Exception {
    product.yaml(rules("{on: completed, to: hook, digest: 1h}")).start();
    Event outcome = product.backup("a");
    NotificationRouter recipients = new NotificationRouter(product.service().configuration());
    new TransactionTemplate(new JdbcTransactionManager(product.database().dataSource()))
        .executeWithoutResult(
            status -> {
              for (int i = 1; i < 5_000; i++) {
                Event event = EventCopies.run(outcome, "run-" + i);
                product
                    .service()
                    .beans()
                    .outbox()
                    .enqueueEntry(
                        new OutboxEntry(
                            event, recipients.recipientsOf(event, false, Instant.now())));
              }
            });
    closeWindows();
    JsonNode digest = only();

    assertThat(digest.at("/data/counts/completed").asInt()).isEqualTo(5_000);
    assertThat(digest.at("/data/events").findValuesAsText("id").stream().distinct()).hasSize(5_000);
  }

  /** Now, however long this machine took to fill them. */
  private void closeWindows() {
    product
        .jdbc()
        .update("update outbox set due_at = current_timestamp where waits_in is not null");
  }

  /** What the channel has taken is noted as delivered a moment later. */
  private void assertWaiting(int messages) {
    String waiting =
        "select count(*) from outbox where delivered_at is null and waits_in is not null";
    await()
        .atMost(RunningProduct.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(product.jdbc().queryForObject(waiting, Integer.class))
                    .isEqualTo(messages));
  }
}
