package io.github.camelakeeba.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.notify.channel.RecordingHttpServer;
import io.github.camelakeeba.product.RunningProduct;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes of the user's own in {@code routes/local/}, and the channel that leads into them. */
@Tag("broker")
class OwnRoutesTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Path PAGE = Path.of("docs/how-to/change-a-route.md");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private RunningProduct product;

  @AfterEach
  void stop() throws IOException {
    if (product != null) {
      product.close();
    }
  }

  private RunningProduct product() {
    product = new RunningProduct(folder);
    product.site(
        "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2).url());
    return product;
  }

  private void route(String name, String yaml) throws IOException {
    Path local = Files.createDirectories(folder.resolve("routes/local"));
    Files.writeString(local.resolve(name + ".camel.yaml"), yaml);
  }

  private void route(String steps) throws IOException {
    route("own", "- route:\n    id: own\n    from:\n      uri: direct:own\n      steps:\n" + steps);
  }

  private static String own(String on) {
    return "channels: {own: {type: camel, uri: \"direct:own?block=false\"}}\nnotify: [{on: %s, to: own}]\n"
        .formatted(on);
  }

  @Test
  void the_three_examples_of_the_page_run_as_they_stand() throws Exception {
    List<String> blocks =
        YAML.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    Path diary = folder.resolve("diary");
    for (String block : blocks.subList(1, 4)) {
      String id = block.replaceFirst("(?s).*?id: ([a-z]+)\n.*", "$1");
      route(id, block.replace("file:data/diary", "file:" + diary));
    }
    try (ArtemisBroker broker = ArtemisBroker.start();
        RecordingHttpServer tickets = new RecordingHttpServer()) {
      product()
          .site(
              "bad",
              product
                  .server()
                  .joomla("bad")
                  .secret(RunningProduct.SECRET)
                  .steps(3)
                  .failAt(2, "no \"room\", left")
                  .url())
          .property(
              "camel.beans.artemis = #class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory")
          .property("camel.beans.artemis.brokerURL = " + broker.coreUrl() + "?callTimeout=2000")
          .property("camel.component.jms.connectionFactory = #bean:artemis")
          .property("tickets.url = " + tickets.url() + "/issues")
          .yaml(blocks.get(0))
          .start();

      final Event good = product.backup("shop");
      final Event bad = product.backup("bad");

      Message taken = broker.take("backups.completed", 1, SOON).get(0);
      assertThat(taken.getStringProperty("site")).isEqualTo("shop");
      JsonNode data = JSON.readTree(taken.getBody(String.class));
      assertThat(data.path("run").asText()).isEqualTo(good.subject());

      await().atMost(RunningProduct.PATIENCE).until(() -> tickets.requests().size() == 1);
      assertThat(tickets.only().uri()).isEqualTo("/issues");
      JsonNode ticket = JSON.readTree(tickets.only().text());
      assertThat(ticket.path("title").asText()).isEqualTo("bad");
      assertThat(ticket.path("state").asText()).isEqualTo("failed");
      assertThat(ticket.path("reason").path("message").asText()).contains("no \"room\", left");
      assertThat(ticket.path("event").asText()).isEqualTo(bad.id());

      await().atMost(RunningProduct.PATIENCE).until(() -> lines(diary).size() == 2);
      assertThat(lines(diary).stream().map(line -> new EventJson().read(line).id()))
          .containsExactlyInAnyOrder(good.id(), bad.id());
    }
  }

  private static List<String> lines(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> days = files.toList();
      return days.isEmpty() ? List.of() : Files.readAllLines(days.get(0));
    }
  }

  @Test
  void what_it_throws_is_tried_again_and_parked_and_touches_no_backup() throws Exception {
    route(
        """
                - throwException:
                    exceptionType: java.lang.IllegalStateException
                    message: no room in the ticket system
        """);
    product().yaml(own("completed")).property("backup.outbox.giveUpAfter = 2s").start();

    Event event = product.backup("shop");

    assertThat(event.data().state()).isEqualTo("completed");
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> count("channel = 'own' and attempts > 1 and parked_at is not null") == 1);
    assertThat(
            product
                .jdbc()
                .queryForObject(
                    "select last_error from outbox where channel = 'own'", String.class))
        .isEqualTo("camel own: no room in the ticket system");
    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
  }

  private int count(String condition) {
    return product
        .jdbc()
        .queryForObject("select count(*) from outbox where " + condition, Integer.class);
  }

  @Test
  void it_gets_the_event_and_nothing_of_the_delivery() throws Exception {
    route(
        """
                - to:
                    uri: mock:own
        """);
    product().yaml(own("completed")).start();
    MockEndpoint mock = product.service().context().getEndpoint("mock:own", MockEndpoint.class);
    mock.expectedMessageCount(1);

    Event event = product.backup("shop");

    mock.assertIsSatisfied(RunningProduct.PATIENCE.toMillis());
    Exchange seen = mock.getExchanges().get(0);
    assertThat(new EventJson().read(seen.getMessage().getBody(String.class))).isEqualTo(event);
    assertThat(seen.getVariables()).isEmpty();
    assertThat(seen.getMessage().getHeaders().keySet())
        .allMatch(name -> name.startsWith("ce_") || name.equals("Content-Type"));
    assertThat(seen.getAllProperties().keySet()).noneMatch(name -> name.startsWith("backup"));
  }
}
