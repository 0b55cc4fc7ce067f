package io.github.camelakeeba.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.secret.SecretMasker;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel of the type camel hands the CloudEvent to a broker, a file, an SFTP server. */
@Tag("broker")
class OutcomesOnTheBusTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  @TempDir Path data;

  private RunningProduct product;

  @BeforeEach
  void start() {
    product = new RunningProduct(folder);
    product.site(
        "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2).url());
  }

  @AfterEach
  void stop() throws IOException {
    product.close();
  }

  private static String bus(String uri) {
    return "channels: {bus: {type: camel, uri: \"%s\"}}\nnotify: [{on: completed, to: bus}]\n"
        .formatted(uri);
  }

  @Test
  void over_jms_with_the_attributes_as_properties_also_after_the_broker_was_down()
      throws Exception {
    try (ArtemisBroker broker = ArtemisBroker.start()) {
      product
          .property(
              "camel.beans.artemis = #class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory")
          .property("camel.beans.artemis.brokerURL = " + broker.coreUrl() + "?callTimeout=2000")
          .property(
              "camel.beans.artemisPool = #class:org.messaginghub.pooled.jms.JmsPoolConnectionFactory")
          .property("camel.beans.artemis.password = {{broker.word}}")
          .property("broker.word = Broker-Pass-8812")
          .property("camel.beans.artemisPool.connectionFactory = #bean:artemis")
          .property("camel.component.jms.connectionFactory = #bean:artemisPool")
          .yaml(bus("jms:queue:backups"))
          .start();
      assertThat(SecretMasker.mask("user with Broker-Pass-8812")).isEqualTo("user with ***");
      Event first = product.backup("shop");
      assertTaken(broker.take("backups", 1, SOON), first);

      broker.stop();
      Event second = product.backup("shop");
      await().atMost(RunningProduct.PATIENCE).until(() -> attempts() > 0);
      broker.restart();
      assertTaken(broker.take("backups", 1, Duration.ofSeconds(40)), second);
    }
  }

  @Test
  void in_binary_mode_with_the_data_as_body_and_the_attributes_as_headers() throws Exception {
    try (ArtemisBroker broker = ArtemisBroker.start()) {
      product
          .property(
              "camel.beans.artemis = #class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory")
          .property("camel.beans.artemis.brokerURL = " + broker.coreUrl() + "?callTimeout=2000")
          .property("camel.component.jms.connectionFactory = #bean:artemis")
          .property("backup.source = https://backup.example.com/")
          .yaml(bus("jms:queue:backups").replace("camel,", "camel, format: binary,"))
          .start();
      Event event = product.backup("shop");
      Message taken = broker.take("backups", 1, SOON).get(0);

      assertThat(event.source()).isEqualTo("https://backup.example.com/sites/shop");
      assertThat(taken.getStringProperty("cloudEvents_id")).isEqualTo(event.id());
      assertThat(taken.getStringProperty("cloudEvents_source")).isEqualTo(event.source());
      assertThat(taken.getStringProperty("cloudEvents_type")).isEqualTo(event.type());
      JsonNode data = new EventJson().mapper().readTree(taken.getBody(String.class));
      assertThat(data.path("state").asText()).isEqualTo("completed");
      assertThat(data.has("specversion")).isFalse();
    }
  }

  @Test
  void over_amqp() throws Exception {
    try (ArtemisBroker broker = ArtemisBroker.start()) {
      product
          .property("camel.beans.qpid = #class:org.apache.qpid.jms.JmsConnectionFactory")
          .property("camel.beans.qpid.remoteURI = " + broker.amqpUrl())
          .property("camel.beans.amqp = #class:org.apache.camel.component.jms.JmsComponent")
          .property("camel.beans.amqp.connectionFactory = #bean:qpid")
          .yaml(bus("amqp:queue:backups"))
          .start();
      Event event = product.backup("shop");
      assertTaken(broker.take("backups", 1, SOON), event);
    }
  }

  private static void assertTaken(List<Message> taken, Event event) throws Exception {
    assertThat(taken).hasSize(1);
    assertThat(new EventJson().read(taken.get(0).getBody(String.class))).isEqualTo(event);
    assertThat(taken.get(0).getStringProperty("ce_id")).isEqualTo(event.id());
    assertThat(taken.get(0).getStringProperty("ce_type")).isEqualTo(event.type());
    assertThat(taken.get(0).getStringProperty("ce_source")).isEqualTo(event.source());
    assertThat(event.source()).matches("urn:camel-akeeba-backup:[0-9a-f-]{36}/sites/shop");
    assertThat(taken.get(0).getStringProperty("ce_subject")).isEqualTo(event.subject());
  }

  @Test
  void to_kafka_with_the_site_as_key_so_that_its_events_stay_in_order() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(data)) {
      product
          .yaml(
              bus(
                  "kafka:backups?brokers=%s&maxBlockMs=3000&requestTimeoutMs=2000&deliveryTimeoutMs=3000"
                      .formatted(broker.address())))
          .start();
      Event event = product.backup("shop");
      ConsumerRecord<String, String> record = broker.read("backups", 1, SOON).get(0);

      assertThat(new EventJson().read(record.value())).isEqualTo(event);
      assertThat(record.key()).isEqualTo("shop");
      assertThat(record.headers().lastHeader("ce_id").value())
          .isEqualTo(event.id().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void to_a_file_and_to_an_sftp_server_under_the_name_of_the_event() throws Exception {
    Path local = folder.resolve("events");
    try (SftpServer sftp = SftpServer.start(data)) {
      String remote =
          "sftp://%s/in?username=%s&password=%s&strictHostKeyChecking=no&useUserKnownHostsFile=false"
              .formatted(sftp.address(), SftpServer.USER, SftpServer.PASSWORD);
      product
          .yaml(
              """
              channels:
                local: {type: camel, uri: "file:%s"}
                remote: {type: camel, uri: "%s"}
              notify: [{on: completed, to: [local, remote]}]
              """
                  .formatted(local, remote))
          .start();
      Event event = product.backup("shop");
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> product.service().beans().outbox().undeliveredCount(null) == 0);

      for (Path file : List.of(only(local), only(data.resolve("in")))) {
        String name = event.id().replace('/', '-').replace(':', '-');
        assertThat(file.getFileName().toString())
            .matches(Pattern.quote(name) + "-[0-9a-f]{8}\\.json");
        assertThat(new EventJson().read(Files.readString(file))).isEqualTo(event);
      }
    }
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  @Test
  void an_endpoint_that_fails_is_told_in_a_line_without_its_password() throws Exception {
    product
        .yaml(bus("sftp://127.0.0.1:9/in?username=me&password=Sftp-Pass-55&connectTimeout=1000"))
        .start();
    product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> attempts() > 0);
    String error = product.jdbc().queryForObject("select last_error from outbox", String.class);
    assertThat(error).startsWith("camel bus: ").doesNotContain("Sftp-Pass-55", "\n");
  }

  @Test
  void a_component_that_is_not_there_stops_the_start_with_a_sentence() {
    product.yaml(bus("paho-mqtt5:backups?brokerUrl=tcp://mq.example.com"));
    Throwable refused = catchThrowable(product::start);
    assertThat(refused).isInstanceOf(ConfigurationException.class);
    assertThat(((ConfigurationException) refused).problems())
        .containsExactly(
            "config/sites.yaml: channels.bus.uri: there is no component 'paho-mqtt5'; put its jar, and those that it needs, into lib/");
  }

  @Test
  void a_wrong_option_stops_the_start_too_and_no_secret_is_told() {
    product.yaml(bus("file:out?fileExists=Append&password=Wrong-Pass-1"));
    Throwable refused = catchThrowable(product::start);
    assertThat(refused).isInstanceOf(ConfigurationException.class);
    assertThat(((ConfigurationException) refused).problems().get(0))
        .startsWith("config/sites.yaml: channels.bus.uri: is no endpoint that can be made: ")
        .contains("fileExists")
        .doesNotContain("Wrong-Pass-1");
  }

  private int attempts() {
    return product.jdbc().queryForObject("select sum(attempts) from outbox", Integer.class);
  }
}
