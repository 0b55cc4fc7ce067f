package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a channel does not take comes again, in order, and is not given up in silence. */
@Tag("slow")
@Tag("fault")
class ParkedTest {
  @TempDir Path folder;

  private WebhookReceiver web;
  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void start() throws IOException {
    web = new WebhookReceiver();
    product = new RunningProduct(folder).durable();
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url());
  }

  @AfterEach
  void stop() throws IOException {
    product.close();
    web.close();
  }

  private String channels(String... names) {
    StringBuilder yaml = new StringBuilder("channels:\n");
    for (String name : names) {
      yaml.append("  %s: {type: webhook, url: \"%s\"}\n".formatted(name, web.url("/" + name)));
    }
    return yaml
        + "notify: [{on: [started, completed, failed], to: ["
        + String.join(", ", names)
        + "]}]\n";
  }

  @Test
  void a_run_is_told_in_its_order_also_when_its_beginning_is_not_taken_at_first() throws Exception {
    web.answer("/hook", 500, 400, WebhookReceiver.RESET, 204);
    product.yaml(channels("hook", "other")).start();
    product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> web.taken("/hook").size() == 2);

    assertThat(web.states("/hook")).containsExactly("started", "completed");
    assertThat(web.all("/hook").stream().map(one -> one.json().path("id").asText()).distinct())
        .hasSize(2);
    assertThat(web.states("/other")).containsExactly("started", "completed");
  }

  @Test
  void what_is_given_up_is_parked_and_another_channel_is_told_once() throws Exception {
    web.answer("/broken", 500, 400);
    product.property("backup.outbox.giveUpAfter = 1s");
    product.yaml(channels("broken", "well")).start();
    product.backup("shop");
    JsonNode notice = notice();
    product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> parked() == 4);
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> product.service().beans().outbox().undeliveredCount(null) == 0);

    assertThat(notice.path("source").asText()).endsWith("/channels/broken");
    assertThat(notice.at("/data/channel").asText()).isEqualTo("broken");
    assertThat(notice.at("/data/reason").asText())
        .isEqualTo(
            "webhook broken: the server answered HTTP " + (attemptsOfTheFirst() > 1 ? 400 : 500));
    assertThat(web.taken("/well")).hasSize(5); // two runs with two events each, and one notice
    assertThat(web.all("/well")).noneMatch(one -> one.body().contains(web.url("/broken")));

    // it takes something again: the next time is worth a word again
    web.answer("/broken", 204);
    product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> web.taken("/broken").size() == 2);
    web.answer("/broken", 503);
    product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> notices() == 2);
  }

  @Test
  void what_waits_for_a_channel_that_is_gone_is_parked_at_the_start_and_told() throws Exception {
    web.answer("/old", 500);
    product.yaml(channels("old", "well")).start();
    product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> web.taken("/well").size() == 2);
    product.stop();
    product.yaml(channels("well")).start();

    JsonNode notice = notice();
    assertThat(notice.at("/data/channel").asText()).isEqualTo("old");
    assertThat(notice.at("/data/reason").asText())
        .isEqualTo("the channel is not in config/sites.yaml any more");
    assertThat(parked()).isEqualTo(2);
  }

  /** More than one, unless this machine needs more than {@code giveUpAfter} for it. */
  private long attemptsOfTheFirst() {
    List<String> ids =
        web.all("/broken").stream().map(one -> one.json().path("id").asText()).toList();
    return ids.stream().filter(ids.get(0)::equals).count();
  }

  private JsonNode notice() {
    await().atMost(RunningProduct.PATIENCE).until(() -> notices() == 1);
    return web.taken("/well").stream()
        .filter(one -> one.path("type").asText().equals("io.github.camelakeeba.channel.parked.v1"))
        .findFirst()
        .orElseThrow();
  }

  private long notices() {
    return web.taken("/well").stream()
        .filter(one -> one.path("type").asText().contains(".parked."))
        .count();
  }

  private int parked() {
    return product
        .jdbc()
        .queryForObject("select count(*) from outbox where parked_at is not null", Integer.class);
  }
}
