package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.bus.AmqpBroker;
import io.github.camelakeeba.bus.AmqpClient;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.jms.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What holds over AMQP 1.0 with each broker that our pages name, with transactions or without. */
@Tag("fault")
abstract class AmqpBrokerTest {
  /** The queues of these tests, each its own. */
  static final List<String> QUEUES =
      List.of(
          "ask",
          "told",
          "told.later",
          "bad",
          "refused",
          "binary",
          "binary.refused",
          "late",
          "kill",
          "held",
          "down",
          "waiting",
          "answers",
          "events",
          "mqtt",
          "mqtt.proof");

  static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  RunningProduct product;
  SimulatedSite shop;

  /** The broker, which the class has started. */
  abstract AmqpBroker broker();

  @BeforeEach
  void configure() {
    product = BrokerSettings.amqp(new RunningProduct(folder), broker());
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
    product.site("shop", shop.url());
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
  }

  @Test
  void a_sender_gets_the_run_or_the_problem_and_later_the_outcome() throws Exception {
    product
        .yaml(
            """
            triggers:
              - {from: "amqp:queue:ask"}
              - {from: "amqp:queue:late", reply: outcome}
            """)
        .start();
    try (AmqpClient client = new AmqpClient(broker())) {
      client.send("ask", "shop", "told", "my-1");
      Message run = only(client.take("told", 1, SOON));
      assertThat(run.getJMSCorrelationID()).isEqualTo("my-1");
      assertThat(json(run).path("site").asText()).isEqualTo("shop");
      assertThat(product.outcome(json(run).path("id").asText()).data().state())
          .isEqualTo("completed");

      client.send("ask", "{\"site\":\"shpo\"}", "told", "my-2");
      Message problem = only(client.take("told", 1, SOON));
      assertThat(problem.getJMSCorrelationID()).isEqualTo("my-2");
      assertThat(json(problem).path("status").asInt()).isEqualTo(404);

      client.send("late", "shop", "told.later", "my-3");
      Message outcome = only(client.take("told.later", 1, SOON));
      assertThat(outcome.getJMSCorrelationID()).isEqualTo("my-3");
      assertThat(json(outcome).at("/data/state").asText()).isEqualTo("completed");
    }
  }

  @Test
  void a_refused_message_goes_to_the_dead_letter_as_it_came_and_the_next_one_follows()
      throws Exception {
    product
        .yaml("triggers: [{from: \"amqp:queue:bad\", deadLetter: \"amqp:queue:refused\"}]\n")
        .start();
    try (AmqpClient client = new AmqpClient(broker())) {
      client.send("bad", "{\"site\":");
      client.send("bad", "{\"site\":\"shop\",\"id\":\"good\"}");
      Message refused = only(client.take("refused", 1, SOON));
      assertThat(refused.getBody(String.class)).isEqualTo("{\"site\":");
      assertThat(refused.getStringProperty("backup_reason")).startsWith("the body is no JSON: ");
      await().atMost(SOON).until(() -> requests(product.jdbc()).equals(List.of("good")));
      product.stop();
      assertThat(client.take("bad", 1, Duration.ofMillis(500))).as("acknowledged").isEmpty();
    }
  }

  @Test
  void an_event_in_binary_mode_that_is_sent_twice_is_one_request() throws Exception {
    product
        .yaml(
            """
            triggers:
              - {from: "amqp:queue:binary", deadLetter: "amqp:queue:binary.refused", coalesce: false}
            """)
        .start();
    try (AmqpClient client = new AmqpClient(broker())) {
      for (String prefix : List.of("cloudEvents_", "cloudEvents:")) {
        client.send("binary", "shop", event(prefix, "d-1"));
        client.send("binary", "nowhere", event(prefix, "d-2"));
      }
      client.send("binary", "shop", event("cloudEvents:", "d-3"));
      await()
          .atMost(SOON)
          .until(() -> requests(product.jdbc()).equals(List.of("/ci#d-1", "/ci#d-3")));
      assertThat(client.take("binary.refused", 2, SOON))
          .hasSize(2)
          .allSatisfy(
              refused ->
                  assertThat(refused.getStringProperty("backup_reason"))
                      .startsWith("there is no site 'nowhere' in sites.yaml"));
      product.stop();
      assertThat(client.take("binary", 1, Duration.ofMillis(500))).as("acknowledged").isEmpty();
    }
  }

  /** As the protocol bindings for AMQP and JMS spell the attributes. */
  private static Map<String, String> event(String prefix, String id) {
    return Map.of(prefix + "specversion", "1.0", prefix + "id", id, prefix + "source", "/ci");
  }

  @Test
  void a_message_that_its_dead_letter_does_not_take_goes_back_to_the_broker_and_comes_again()
      throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    List<String> taken = new ArrayList<>();
    product.yaml("triggers: [{from: \"amqp:queue:bad\", deadLetter: \"direct:letter\"}]\n").start();
    product
        .service()
        .context()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:letter")
                    .errorHandler(noErrorHandler())
                    .process(
                        exchange -> {
                          // once, and three times more, for each time that it comes
                          if (attempts.incrementAndGet() <= 4) {
                            throw new IllegalStateException("no room");
                          }
                          taken.add(exchange.getMessage().getBody(String.class));
                        });
              }
            });
    try (AmqpClient client = new AmqpClient(broker())) {
      client.send("bad", "nowhere");
      await().atMost(RunningProduct.PATIENCE).until(() -> attempts.get() == 5);
      await().atMost(SOON).until(() -> refused() == 1);
      assertThat(taken).containsExactly("nowhere");
      product.stop();
      assertThat(client.take("bad", 1, Duration.ofMillis(500))).as("acknowledged").isEmpty();
    }
  }

  private long refused() {
    return trigger().rejected();
  }

  private TriggerSupervisor.TriggerStatus trigger() {
    return product.service().beans().triggerModule().triggers().allStatuses().get(0);
  }

  @Test
  void each_message_is_one_run_though_the_service_is_killed_in_the_middle() throws Exception {
    product
        .site("blog", product.server().joomla("blog").secret(RunningProduct.SECRET).steps(1).url())
        .yaml("triggers: [{from: \"amqp:queue:kill\", coalesce: false}]\n")
        .configure();
    Set<String> sent = new HashSet<>();
    try (AmqpClient client = new AmqpClient(broker())) {
      for (int i = 0; i < 300; i++) {
        sent.add("jms:trigger-1/" + client.send("kill", "shop"));
      }
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        await().atMost(RunningProduct.PATIENCE).until(() -> accepted(serve) > 60);
        serve.kill();
        assertThat(accepted(serve)).isLessThan(300);
      }
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        // behind them all; one that is delivered again makes no line of its own
        client.send("kill", "{\"site\":\"blog\",\"id\":\"last\"}");
        sent.add("last");
        serve.says("run blog-");
        serve.terminate();
        assertThat(serve.code(30)).isZero();
        assertQuiet(serve);
      }
      assertThat(client.take("kill", 1, Duration.ofMillis(500))).as("acknowledged").isEmpty();
    }
    try (Database database = Database.file(folder.resolve("data"), 2)) {
      assertThat(requests(new JdbcTemplate(database.dataSource())))
          .containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void a_message_that_is_held_while_the_store_is_away_goes_back_when_the_service_stops()
      throws Exception {
    int port = Ports.free();
    product
        .property("backup.database.url = jdbc:postgresql://127.0.0.1:" + port + "/postgres")
        .property("backup.database.user = postgres")
        .yaml("triggers: [{from: \"amqp:queue:held\"}]\n")
        .configure();
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(Files.createDirectories(folder.resolve("postgres")))
            .start();
    try (AmqpClient client = new AmqpClient(broker());
        ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
      client.send("held", "{\"site\":\"shop\",\"id\":\"before\"}");
      serve.says("outcome: completed");
      postgres.close();
      client.send("held", "{\"site\":\"shop\",\"id\":\"held\"}");
      serve.says("the store does not accept writes");
      serve.terminate();
      assertThat(serve.code(30)).isZero();
      assertThat(only(client.take("held", 1, SOON)).getBody(String.class)).contains("\"held\"");
    }
  }

  @Test
  void requests_replies_outcomes_and_events_outlive_the_broker_and_none_is_lost_or_doubled()
      throws Exception {
    shop.steps(3).stepTime(Duration.ofMillis(50));
    product
        .yaml(
            """
            triggers: [{name: ask, from: "amqp:queue:down", reply: outcome, coalesce: false}]
            channels: {bus: {type: camel, uri: "amqp:queue:events"}}
            notify: [{on: completed, to: bus}]
            """)
        .start();
    Set<String> asked = new TreeSet<>();
    try (AmqpClient client = new AmqpClient(broker())) {
      for (int i = 0; i < 10; i++) {
        asked.add(ask(client, i));
      }
    }
    await().atMost(RunningProduct.PATIENCE).until(() -> ended() > 1);
    broker().stop();
    // what was accepted ends without the broker, also where some had ended before it was gone
    int accepted = requests(product.jdbc()).size();
    await().atMost(RunningProduct.PATIENCE).until(() -> ended() >= accepted);
    broker().restart();
    try (AmqpClient client = new AmqpClient(broker())) {
      for (int i = 10; i < 15; i++) {
        asked.add(ask(client, i));
      }
      await().atMost(RunningProduct.PATIENCE).until(() -> ended() == 15);
      await().atMost(RunningProduct.PATIENCE).until(() -> pendingReplies() == 0);
      assertThat(requests(product.jdbc())).containsExactlyInAnyOrderElementsOf(asked);
      assertThat(shop.requests("startBackup")).hasSize(15);

      Map<String, String> events = eventsByRun(all(client, "events"));
      Map<String, String> answers = new HashMap<>();
      for (Message answer : all(client, "answers")) {
        var event = new EventJson().read(answer.getBody(String.class));
        answers.put(answer.getJMSCorrelationID(), event.subject());
        assertThat(events).containsEntry(event.subject(), event.id());
      }
      assertThat(events).hasSize(15);
      assertThat(answers.keySet()).isEqualTo(asked);
      assertThat(answers.values()).doesNotHaveDuplicates();
    }
  }

  /** What is in the queue, and that is one for each request at least. */
  private static List<Message> all(AmqpClient client, String queue) throws Exception {
    List<Message> all = new ArrayList<>(client.take(queue, 15, SOON));
    all.addAll(client.take(queue, 15, Duration.ofSeconds(1)));
    return all;
  }

  private static String ask(AmqpClient client, int number) throws Exception {
    String id = "id-" + number;
    client.send("down", "{\"site\":\"shop\",\"id\":\"%s\"}".formatted(id), "answers", id);
    return id;
  }

  /** An event may come twice, with the same id. */
  private static Map<String, String> eventsByRun(List<Message> messages) throws Exception {
    Map<String, String> ids = new HashMap<>();
    for (Message message : messages) {
      var event = new EventJson().read(message.getBody(String.class));
      assertThat(message.getStringProperty("ce_id")).isEqualTo(event.id());
      assertThat(ids.put(event.subject(), event.id())).isIn(null, event.id());
    }
    return ids;
  }

  @Test
  void a_broker_that_goes_away_is_told_in_a_line_and_consumed_again_when_it_is_back()
      throws Exception {
    broker().stop();
    product.yaml("triggers: [{name: ask, from: \"amqp:queue:ask\"}]\n").configure();
    try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
      serve.says("trigger ask consumes nothing: no connection to the broker; trying again");
      broker().restart();
      serve.says("trigger ask is back after ");
      try (AmqpClient client = new AmqpClient(broker())) {
        client.send("ask", "shop");
      }
      await().atMost(RunningProduct.PATIENCE).until(() -> accepted(serve) == 1);
      serve.says("outcome: completed");
      serve.terminate();
      assertThat(serve.code(30)).isZero();
      assertQuiet(serve);
    }
  }

  /**
   * Spring opens a consumer and closes it at once to see whether the broker is well again: many, so
   * that RabbitMQ is still sending some of them to that one.
   */
  @Test
  void what_waits_at_a_broker_that_comes_back_is_all_consumed() throws Exception {
    try (AmqpClient client = new AmqpClient(broker())) {
      for (int i = 0; i < 200; i++) {
        client.send("waiting", "shop");
      }
    }
    broker().stop();
    product.yaml("triggers: [{from: \"amqp:queue:waiting\"}]\n").start();
    await().atMost(RunningProduct.PATIENCE).until(() -> trigger().failingSince() != null);
    broker().restart();
    await().atMost(RunningProduct.PATIENCE).until(() -> trigger().accepted() == 200);
  }

  static void assertQuiet(ChildProcess serve) {
    assertThat(serve.err()).doesNotContain("\tat ", "Exception");
    assertThat(
            serve
                .err()
                .lines()
                .filter(line -> line.matches("\\S+ (WARN|ERROR) .*"))
                // Camel's, of the password that stands in the file of these tests
                .filter(line -> !line.contains("SECURITY WARNING")))
        .hasSizeLessThan(2);
  }

  static Message only(List<Message> messages) {
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private static JsonNode json(Message message) throws Exception {
    return new ObjectMapper().readTree(message.getBody(String.class));
  }

  static List<String> requests(JdbcTemplate jdbc) {
    return jdbc.queryForList("select request_id from run order by queued_at", String.class);
  }

  private int ended() {
    return product
        .jdbc()
        .queryForObject("select count(*) from run where outcome is not null", Integer.class);
  }

  private int pendingReplies() {
    return product.jdbc().queryForObject("select count(*) from reply", Integer.class)
        + product.service().beans().outbox().undeliveredCount(null);
  }

  static long accepted(ChildProcess serve) {
    return serve.err().lines().filter(line -> line.contains(", requested by event")).count();
  }
}
