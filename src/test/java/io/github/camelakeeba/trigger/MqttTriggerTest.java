package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.product.RunningProduct;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A button publishes to MQTT; the broker hands it on to a trigger that speaks JMS or AMQP. */
@Tag("broker")
class MqttTriggerTest {
  private static final String SECRET = "Mqtt-Secret-5wB7kL";
  private static ArtemisBroker broker;

  @TempDir Path folder;
  private RunningProduct product;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = ArtemisBroker.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @BeforeEach
  void configure() {
    product = TestBrokers.named(new RunningProduct(folder).durable(), broker);
    product.site(
        "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1).url());
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
  }

  private static MqttClient connect(String id) throws Exception {
    MqttClient client = new MqttClient(broker.mqttUrl(), id, new MemoryPersistence());
    client.connect();
    return client;
  }

  private static void publish(String topic, String text, Map<String, String> properties)
      throws Exception {
    MqttMessage message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    MqttProperties more = new MqttProperties();
    List<UserProperty> users = new ArrayList<>();
    properties.forEach((name, value) -> users.add(new UserProperty(name, value)));
    more.setUserProperties(users);
    more.setResponseTopic("elsewhere");
    message.setProperties(more);
    MqttClient client = connect("button");
    client.publish(topic, message);
    client.disconnect();
    client.close();
  }

  private List<String> ids() {
    return product
        .jdbc()
        .queryForList("select request_id from run order by queued_at", String.class);
  }

  private void awaitRuns(int count) {
    await().atMost(RunningProduct.PATIENCE).until(() -> ids().size() >= count);
  }

  private void awaitConsumed() {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                broker.connections() > 0
                    && product.service().context().getRoute("backup-trigger-mqtt").getUptimeMillis()
                        > 500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jms:queue:plant.one",
        "amqp:queue:plant.two",
        "jms:topic:plant.three?subscriptionDurable=true&durableSubscriptionName=backup&clientId=backup"
      })
  void a_publish_starts_a_backup_also_one_that_came_while_nobody_was_there(String from)
      throws Exception {
    String topic = from.replaceAll(".*:([a-z.]+).*?(\\?.*)?$", "$1").replace('.', '/');
    product
        .yaml("triggers: [{name: mqtt, from: \"%s\", coalesce: false}]\n".formatted(from))
        .start();
    awaitConsumed();
    publish(topic, "{\"site\":\"shop\",\"id\":\"button-1\"}", Map.of());
    awaitRuns(1);
    // at least once: the button publishes again, since it has not heard the acknowledgement
    publish(topic, "{\"site\":\"shop\",\"id\":\"button-1\"}", Map.of());
    product.stop();
    publish(topic, "shop", Map.of());
    product.start();
    awaitRuns(2);
    assertThat(ids()).hasSize(2).contains("button-1");
    // the broker gives it no id, so it is known by its time and text: also when it comes again
    assertThat(ids().get(1)).matches("jms-at:mqtt/\\d{13}/[0-9a-f]{8}");
  }

  @Test
  void user_properties_prove_the_sender_and_steer_nothing() throws Exception {
    product
        .yaml(
            """
            triggers:
              - {name: mqtt, from: "jms:queue:plant.proof", secret: %s, tokenHeader: X-Plant-Token,
                 deadLetter: "jms:queue:plant.refused", coalesce: false}
            """
                .formatted(SECRET))
        .start();
    awaitConsumed();
    publish(
        "plant/proof", "{\"site\":\"shop\",\"id\":\"forged\"}", Map.of("X-Plant-Token", "wrong"));
    publish(
        "plant/proof",
        "{\"site\":\"shop\",\"id\":\"true\"}",
        Map.of(
            "X-Plant-Token",
            SECRET,
            "CamelJmsDestinationName",
            "other",
            "JMSReplyTo",
            "other",
            "CamelHttpUri",
            "http://127.0.0.1:9/",
            "cAmElBeanMethodName",
            "problem",
            "JMSMessageID",
            "ID:1"));
    awaitRuns(1);
    assertThat(ids()).containsExactly("true");
    var refused = broker.take("plant.refused", 2, java.time.Duration.ofSeconds(2));
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).getStringProperty("backup_reason"))
        .isEqualTo("the sender has not proved that it knows the trigger's secret");
    assertThat(broker.take("other", 1, java.time.Duration.ofMillis(200))).isEmpty();
  }

  @Test
  void outcomes_come_to_who_subscribes_by_mqtt() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    MqttClient client = connect("panel");
    IMqttMessageListener listener =
        (topic, message) -> heard.add(new String(message.getPayload(), StandardCharsets.UTF_8));
    client.subscribe(
        new MqttSubscription[] {new MqttSubscription("backup/outcomes", 1)},
        new IMqttMessageListener[] {listener});
    product
        .yaml(
            """
            channels: {bus: {type: camel, uri: "jms:topic:backup.outcomes"}}
            notify: [{on: completed, to: bus}]
            """)
        .start();
    Event event = product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> !heard.isEmpty());
    assertThat(new EventJson().read(heard.get(0))).isEqualTo(event);
    client.disconnect();
    client.close();
  }
}
