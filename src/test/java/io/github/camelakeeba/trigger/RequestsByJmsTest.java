package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.bus.JmsClient;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message on a queue of a broker starts a backup, or comes to the dead letter with a reason. */
@Tag("broker")
class RequestsByJmsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private ArtemisBroker broker;
  private JmsClient client;
  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void start() throws Exception {
    broker = ArtemisBroker.start();
    client = new JmsClient(broker);
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
    product.site("shop", shop.url());
    product.site(
        "blog", product.server().joomla("blog").secret(RunningProduct.SECRET).steps(1).url());
    product.site("off", product.server().joomla("off").url(), "enabled: false");
    BrokerSettings.jms(product, broker.coreUrl());
    BrokerSettings.amqp(product, broker);
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
    client.close();
    broker.close();
  }

  private void trigger(String options) throws Exception {
    product
        .yaml(
            """
            triggers:
              - {name: deploys, from: "jms:queue:requests", deadLetter: "jms:queue:refused"%s}
            """
                .formatted(options))
        .start();
  }

  private List<String> runs() {
    return product.jdbc().queryForList("select id from run order by queued_at", String.class);
  }

  private Message refused() throws Exception {
    List<Message> taken = broker.take("refused", 1, SOON);
    assertThat(taken).hasSize(1);
    return taken.get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void a_sender_who_asks_for_a_reply_gets_the_run_or_the_problem(String scheme) throws Exception {
    product.yaml("triggers: [{from: \"%s:queue:requests\"}]\n".formatted(scheme)).start();
    JsonNode run =
        new ObjectMapper().readTree(client.request("requests", "shop", SOON).getBody(String.class));
    assertThat(run.path("site").asText()).isEqualTo("shop");
    assertThat(product.outcome(run.path("id").asText()).data().state()).isEqualTo("completed");

    Message problem = client.request("requests", "{\"site\":\"shpo\"}", SOON);
    assertThat(problem.getStringProperty("Content_HYPHEN_Type"))
        .isEqualTo("application/problem+json");
    assertThat(new ObjectMapper().readTree(problem.getBody(String.class)).path("status").asInt())
        .isEqualTo(404);
  }

  /** As the protocol bindings for AMQP and JMS spell the attributes. */
  @Test
  void an_event_in_binary_mode_that_is_sent_twice_is_one_request() throws Exception {
    trigger(", coalesce: false");
    JmsConnectionFactory qpid =
        new JmsConnectionFactory(broker.amqpUrl() + "?jms.validatePropertyNames=false");
    for (String prefix : new String[] {"cloudEvents_", "cloudEvents:"}) {
      try (JMSContext context = qpid.createContext()) {
        context
            .createProducer()
            .setProperty(prefix + "specversion", "1.0")
            .setProperty(prefix + "id", "d-1")
            .setProperty(prefix + "source", "/ci")
            .send(context.createQueue("requests"), "shop");
      }
    }
    client.send("requests", "{\"site\":\"blog\",\"id\":\"last\"}");
    await().atMost(SOON).until(() -> runs().size() == 2);
    assertThat(product.jdbc().queryForList("select id from request order by id", String.class))
        .containsExactly("/ci#d-1", "last");
  }

  @Test
  void what_is_no_request_goes_to_the_dead_letter_as_it_came_and_the_next_one_follows()
      throws Exception {
    trigger(", sites: [shop, off]");
    for (String[] bad :
        new String[][] {
          {"nowhere", "there is no site 'nowhere' in sites.yaml"},
          {"{\"site\":", "the body is no JSON: "},
          {"", "the body is empty"},
          {"off", "the site off is switched off"},
          {"blog", "the trigger deploys may not ask for blog"},
          {"[".repeat(100_000), "longer than 64 KiB"},
          {"{\"overrides\":" + "[".repeat(50_000), "nests more than 20 deep"},
          {"{\"site\":\"shop\",\"url\":\"http://evil\"}", "unknown member 'url'"},
        }) {
      client.send("requests", bad[0]);
      Message message = refused();
      assertThat(message.getBody(String.class)).isEqualTo(bad[0]);
      assertThat(message.getStringProperty("backup_reason")).contains(bad[1]);
      assertThat(message.getStringProperty("backup_trigger")).isEqualTo("deploys");
    }
    client.send("requests", "shop");
    await().atMost(SOON).until(() -> runs().size() == 1);
    // counted once the row is there
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        product.service().beans().triggerModule().triggers().allStatuses().get(0))
                    .returns(1L, TriggerSupervisor.TriggerStatus::accepted)
                    .returns(8L, TriggerSupervisor.TriggerStatus::rejected));
  }

  @Test
  void a_message_that_is_neither_text_nor_bytes_is_never_made_an_object() throws Exception {
    trigger("");
    client.send("requests", session -> session.createObjectMessage(new Bomb()));
    assertThat(refused().getStringProperty("backup_reason"))
        .startsWith("the message is neither text nor bytes");
    client.send(
        "requests",
        session -> {
          var map = session.createMapMessage();
          map.setString("site", "shop");
          return map;
        });
    assertThat(refused().getStringProperty("backup_reason"))
        .startsWith("the message is neither text nor bytes");
    assertThat(Bomb.gone).isFalse();
    client.send(
        "requests",
        session -> {
          var bytes = session.createBytesMessage();
          bytes.writeBytes("shop".getBytes());
          return bytes;
        });
    await().atMost(SOON).until(() -> runs().size() == 1);
  }

  /** Says when it is read. */
  static final class Bomb implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    static volatile boolean gone;

    private void readObject(java.io.ObjectInputStream in) {
      gone = true;
    }
  }

  @Test
  void properties_that_mean_something_to_Camel_mean_nothing() throws Exception {
    trigger("");
    client.send(
        "requests",
        session -> {
          TextMessage text = session.createTextMessage("shop");
          for (String name :
              List.of(
                  "CamelJmsDestinationName",
                  "cAmElJmsDestinationName",
                  "CamelBeanMethodName",
                  "CAMELBEANMETHODNAME",
                  "CamelHttpUri",
                  "CamelFileName",
                  "CamelSplitIndex",
                  "backup_trigger",
                  "site")) {
            text.setStringProperty(name, "blog");
          }
          return text;
        });
    await().atMost(SOON).until(() -> runs().size() == 1);
    assertThat(runs().get(0)).startsWith("shop-");
    assertThat(product.outcome(runs().get(0)).data().state()).isEqualTo("completed");
  }

  @Test
  void the_same_id_is_the_same_run_also_when_it_had_joined_one() throws Exception {
    shop.stepTime(Duration.ofSeconds(1));
    trigger("");
    id(client.request("requests", "{\"site\":\"shop\",\"id\":\"first\"}", SOON));
    await().atMost(SOON).until(() -> count("run where state = 'running'") == 1);
    String queued = "{\"site\":\"shop\",\"id\":\"second\"}";
    String joins =
        "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/ci\",\"data\":{\"site\":\"shop\"}}";
    String run = id(client.request("requests", queued, SOON));
    assertThat(id(client.request("requests", joins, SOON))).isEqualTo(run);
    product.outcome(run);

    assertThat(id(client.request("requests", queued, SOON))).isEqualTo(run);
    assertThat(id(client.request("requests", joins, SOON))).isEqualTo(run);
    assertThat(runs()).hasSize(2);
  }

  private static String id(Message reply) throws Exception {
    return new ObjectMapper().readTree(reply.getBody(String.class)).path("id").asText();
  }

  @Test
  void many_at_once_are_each_taken_once_as_coalesce_says() throws Exception {
    product
        .yaml(
            """
            triggers:
              - {from: "jms:queue:one", coalesce: true}
              - {from: "jms:queue:many", coalesce: false}
            """)
        .start();
    for (int i = 0; i < 200; i++) {
      client.send("one", "{\"site\":\"blog\",\"id\":\"%s\"}".formatted(UUID.randomUUID()));
      client.send("many", "shop");
    }
    await().atMost(SOON).until(() -> count("request") == 400);
    assertThat(count("run where site = 'shop'")).isEqualTo(200);
    assertThat(count("run where site = 'blog'")).isLessThan(100);
  }

  @Test
  void a_dead_letter_that_takes_nothing_sends_the_message_back_to_the_broker() throws Exception {
    product
        .yaml(
            "triggers: [{from: \"jms:queue:requests\", deadLetter: \"file:/dev/null/refused\"}]\n")
        .start();
    client.send("requests", "nowhere");
    await().atMost(SOON).until(() -> broker.held("requests").equals(List.of(2)));
    assertThat(broker.waiting("requests")).isEqualTo(1);
  }

  private int count(String what) {
    return product.jdbc().queryForObject("select count(*) from " + what, Integer.class);
  }
}
