package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.notify.WebhookReceiver.Posted;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All types of channels side by side: told of the same event, redelivered, and parked. */
@Tag("broker")
@Tag("fault")
class EveryChannelTest {
  private static final String REASON = "The disk is full";

  /** The types that post, and where they post to below the address that is configured. */
  private static final Map<String, String> POSTING =
      new TreeMap<>(
          Map.of(
              "slack", "/slack",
              "mattermost", "/mattermost",
              "discord", "/discord",
              "teams", "/teams",
              "telegram", "/telegram",
              "ntfy", "/",
              "webhook", "/webhook",
              "healthchecks", "/healthchecks/fail"));

  @TempDir Path folder;

  private WebhookReceiver web;
  private RunningProduct product;

  @BeforeEach
  void start() throws IOException {
    web = new WebhookReceiver();
    product = new RunningProduct(folder).durable().property("backup.outbox.gather = 0s");
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.failAt(2, REASON).url());
  }

  @AfterEach
  void stop() throws IOException {
    product.close();
    web.close();
  }

  /** A channel of each type that posts, and these besides; all are told of failures. */
  private String channels(String more) {
    StringBuilder yaml = new StringBuilder("channels:\n").append(more);
    POSTING
        .keySet()
        .forEach(
            type ->
                yaml.append(
                        "  %1$s: {type: %1$s, url: \"%2$s\"".formatted(type, web.url("/" + type)))
                    .append(type.equals("telegram") ? ", chat: \"-1\"}\n" : "}\n"));
    String names =
        more.lines().map(line -> line.strip().split(":")[0] + ", ").collect(Collectors.joining());
    return yaml
        + "notify: [{on: failed, to: ["
        + names
        + String.join(", ", POSTING.keySet())
        + "]}]\n";
  }

  @Test
  void all_are_told_of_the_same_event() throws Exception {
    try (ArtemisBroker broker = ArtemisBroker.start()) {
      product
          .property(
              "camel.beans.artemis = #class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory")
          .property("camel.beans.artemis.brokerURL = " + broker.coreUrl())
          .property("camel.component.jms.connectionFactory = #bean:artemis")
          .yaml(
              channels(
                  """
                    mail: {type: mail, smtp: "%SMTP%", from: b@example.com, to: [ops@example.com]}
                    bus: {type: camel, uri: "jms:queue:backups"}
                  """))
          .start();
      Event event = product.backup("shop");
      String onTheBus =
          broker.take("backups", 1, Duration.ofSeconds(30)).get(0).getBody(String.class);
      delivered();

      assertThat(event.data().state()).isEqualTo("failed");
      assertThat(new EventJson().read(onTheBus)).isEqualTo(event);
      assertThat(new EventJson().read(only("webhook").body())).isEqualTo(event);
      POSTING.keySet().forEach(type -> assertThat(only(type).body()).as(type).contains(REASON));
      assertThat(product.smtp().getReceivedMessages()).hasSize(1);
      assertThat(GreenMailUtil.getWholeMessage(product.smtp().getReceivedMessages()[0]))
          .contains(REASON, event.subject());
    }
  }

  private Posted only(String type) {
    List<Posted> all = web.all(POSTING.get(type));
    assertThat(all).as(type).hasSize(1);
    return all.get(0);
  }

  @Test
  void each_gets_it_in_the_end_after_500_400_a_hang_and_a_reset() throws Exception {
    POSTING
        .values()
        .forEach(
            path -> web.answer(path, 500, 400, WebhookReceiver.HANG, WebhookReceiver.RESET, 204));
    product.property("backup.outbox.postLimit = 1s").yaml(channels("")).start();
    product.backup("shop");
    delivered();

    POSTING.forEach(
        (type, path) -> {
          assertThat(web.all(path))
              .as(type)
              .extracting(Posted::answer)
              .containsExactly(500, 400, 0, -1, 204);
          assertThat(web.all(path).stream().map(Posted::body).distinct()).as(type).hasSize(1);
        });
  }

  @Test
  void each_is_parked_when_it_takes_nothing_and_that_is_told_through_another_one()
      throws Exception {
    POSTING.values().forEach(path -> web.answer(path, 400));
    Path obstacle = Files.writeString(folder.resolve("obstacle"), "no folder");
    List<String> deaf = new ArrayList<>(POSTING.keySet());
    deaf.addAll(List.of("mail", "bus"));
    product
        .property("backup.outbox.giveUpAfter = 1s")
        .yaml(
            channels(
                """
                  well: {type: webhook, url: "%s"}
                  mail: {type: mail, smtp: "smtp://127.0.0.1:%d", from: b@example.com, to: ops@example.com}
                  bus: {type: camel, uri: "file:%s/below"}
                """
                    .formatted(web.url("/well"), nobodyListens(), obstacle)))
        .start();
    product.backup("shop");
    await()
        .atMost(RunningProduct.PATIENCE)
        .untilAsserted(() -> assertThat(noticed()).containsExactlyInAnyOrderElementsOf(deaf));
    delivered();
    assertThat(noticed()).hasSameSizeAs(deaf);
  }

  private static int nobodyListens() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private List<String> noticed() {
    return web.taken("/well").stream()
        .filter(one -> one.path("type").asText().contains(".parked."))
        .map(one -> one.at("/data/channel").asText())
        .toList();
  }

  private void delivered() {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> product.service().beans().outbox().undeliveredCount(null) == 0);
  }
}
