package io.github.camelakeeba.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
class KafkaEndpointTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path records;
  @TempDir Path folder;
  private KafkaBroker broker;
  private Sender sender;
  private String topic;

  @BeforeEach
  void start() throws Exception {
    broker = KafkaBroker.start(records);
    sender = new Sender(folder, "");
    topic =
        "kafka:backups?brokers=%s&maxBlockMs=3000&requestTimeoutMs=2000&deliveryTimeoutMs=3000"
            .formatted(broker.address());
  }

  @AfterEach
  void stop() {
    sender.close();
    broker.close();
  }

  @Test
  void a_record_arrives_with_value_and_headers() {
    sender.send(topic, "one");

    ConsumerRecord<String, String> record = broker.read("backups", 1, SOON).get(0);
    assertThat(record.value()).isEqualTo("one");
    assertThat(record.headers().lastHeader("region").value())
        .isEqualTo("eu".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_broker_that_is_down_fails_the_sender_soon_and_is_found_again() {
    sender.send(topic, "before");
    broker.stop();
    assertThat(sender.failure(topic)).isLessThan(SOON);
    assertThat(sender.failure(topic)).isLessThan(SOON);

    broker.restart();
    sender.send(topic, "after");

    assertThat(broker.read("backups", 2, SOON))
        .extracting(ConsumerRecord::value)
        .containsExactly("before", "after");
  }
}
