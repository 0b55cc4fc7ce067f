package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.bus.AmqpBroker;
import io.github.camelakeeba.bus.AmqpClient;
import io.github.camelakeeba.bus.RabbitBroker;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.product.RunningProduct;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * AMQP 1.0 and MQTT with a real RabbitMQ, which has no transactions over AMQP 1.0: {@code mvn
 * -Prabbitmq test}, where the Debian package rabbitmq-server is installed.
 */
@Tag("fault")
@Tag("rabbitmq")
class RabbitMqTest extends AmqpBrokerTest {
  @TempDir static Path data;
  private static RabbitBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = RabbitBroker.start(data, QUEUES, Map.of("plant/requests", "mqtt"));
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Override
  AmqpBroker broker() {
    return broker;
  }

  private static MqttClient connect(String id) throws Exception {
    MqttClient client = new MqttClient(broker.mqttUrl(), id, new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(AmqpBroker.USER);
    options.setPassword(AmqpBroker.PASSWORD.toCharArray());
    client.connect(options);
    return client;
  }

  private static void publish(String topic, String text) throws Exception {
    MqttClient client = connect("button");
    client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, false);
    client.disconnect();
    client.close();
  }

  @Test
  void a_publish_by_mqtt_starts_a_backup_also_one_that_came_while_nobody_was_there()
      throws Exception {
    product
        .durable()
        .yaml("triggers: [{name: plant, from: \"amqp:queue:mqtt\", coalesce: false}]\n")
        .start();
    publish("plant/requests", "{\"site\":\"shop\",\"id\":\"button-1\"}");
    await().atMost(RunningProduct.PATIENCE).until(() -> requests(product.jdbc()).size() == 1);
    // at least once: the button publishes again, since it has not heard the acknowledgement
    publish("plant/requests", "{\"site\":\"shop\",\"id\":\"button-1\"}");
    product.stop();
    publish("plant/requests", "{\"site\":\"shop\",\"id\":\"button-2\"}");
    broker.stop();
    broker.restart();
    product.start();
    await().atMost(RunningProduct.PATIENCE).until(() -> requests(product.jdbc()).size() == 2);
    assertThat(requests(product.jdbc())).containsExactly("button-1", "button-2");
  }

  @Test
  void outcomes_come_to_who_subscribes_by_mqtt() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    MqttClient client = connect("panel");
    client.subscribe(
        "backup/outcomes",
        1,
        (topic, message) -> heard.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
    product
        .yaml(
            """
            channels: {bus: {type: camel, uri: "amqp:topic:backup.outcomes?jmsMessageType=Bytes"}}
            notify: [{on: completed, to: bus}]
            """)
        .start();
    Event event = product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> !heard.isEmpty());
    assertThat(new EventJson().read(heard.get(0))).isEqualTo(event);
    client.disconnect();
    client.close();
  }

  @Test
  void a_queue_that_is_not_there_is_told_and_consumed_once_it_is() throws Exception {
    product.yaml("triggers: [{name: ask, from: \"amqp:queue:nowhere\"}]\n").configure();
    try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
      serve.says("trigger ask consumes nothing: the broker does not open nowhere: ");
      foreign(session -> send(session, "/queue/nowhere", "shop", null));
      serve.says("trigger ask is back after ");
      await().atMost(RunningProduct.PATIENCE).until(() -> accepted(serve) == 1);
      serve.says("outcome: completed");
      serve.terminate();
      assertThat(serve.code(30)).isZero();
      assertQuiet(serve);
    }
  }

  @Test
  void a_reply_that_can_not_be_sent_holds_up_no_other_request() throws Exception {
    product.yaml("triggers: [{from: \"amqp:queue:ask\", coalesce: false}]\n").start();
    foreign(
        session -> {
          send(session, "/amq/queue/ask", "shop", "/exchange/nowhere/told");
          send(session, "/amq/queue/ask", "shop", "/amq/queue/told");
        });
    try (AmqpClient client = new AmqpClient(broker)) {
      only(client.take("told", 1, SOON));
      assertThat(requests(product.jdbc())).hasSize(2);
      product.stop();
      assertThat(client.take("ask", 1, Duration.ofMillis(500))).as("acknowledged").isEmpty();
    }
  }

  @Test
  void a_uri_that_asks_for_acknowledgement_by_the_client_itself_is_consumed_too() throws Exception {
    product
        .yaml(
            "triggers: [{from: \"amqp:queue:ask?transacted=false&acknowledgementModeName=CLIENT_ACKNOWLEDGE\"}]\n")
        .start();
    try (AmqpClient client = new AmqpClient(broker)) {
      client.send("ask", "shop", "told", "my-1");
      only(client.take("told", 1, SOON));
    }
  }

  /** What a program does that knows RabbitMQ's own addresses. */
  private interface Work {
    void in(Session session) throws JMSException;
  }

  private static void foreign(Work work) throws JMSException {
    String url = broker.amqpUrl().replaceFirst("\\?.*", "");
    try (Connection connection =
        new JmsConnectionFactory(AmqpBroker.USER, AmqpBroker.PASSWORD, url).createConnection()) {
      work.in(connection.createSession());
    }
  }

  private static void send(Session session, String queue, String text, String replyTo)
      throws JMSException {
    TextMessage message = session.createTextMessage(text);
    message.setJMSReplyTo(replyTo == null ? null : session.createQueue(replyTo));
    session.createProducer(session.createQueue(queue)).send(message);
  }
}
