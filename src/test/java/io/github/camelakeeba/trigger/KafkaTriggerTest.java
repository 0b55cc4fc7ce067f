package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelakeeba.bus.KafkaBroker;
import io.github.camelakeeba.observe.BackupMetrics;
import io.github.camelakeeba.product.RunningProduct;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a topic start backups; what is committed is what has become a row. */
@Tag("broker")
class KafkaTriggerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path records;
  private static KafkaBroker broker;
  private static int tests;

  @TempDir Path folder;
  private RunningProduct product;
  private String topic;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start(records);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** Each test has topics and a group of its own. */
  @BeforeEach
  void start() {
    topic = "backup.t" + ++tests;
    product = new RunningProduct(folder).durable();
    product.site(
        "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1).url());
    product.site(
        "blog", product.server().joomla("blog").secret(RunningProduct.SECRET).steps(1).url());
    product.yaml(
        """
        triggers:
          - name: requests
            from: "kafka:%2$s?brokers=%1$s&groupId=%2$s"
            deadLetter: "kafka:%2$s.refused?brokers=%1$s&maxBlockMs=3000&requestTimeoutMs=2000&deliveryTimeoutMs=3000"
            coalesce: false
        """
            .formatted(broker.address(), topic));
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
  }

  private void send(Map<String, String> headers, String... values) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : values) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, value);
        headers.forEach(
            (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get();
      }
    }
  }

  private List<String> ids() {
    return product
        .jdbc()
        .queryForList("select request_id from run order by queued_at, request_id", String.class);
  }

  private void awaitRuns(int count) {
    await().atMost(RunningProduct.PATIENCE).until(() -> ids().size() >= count);
  }

  @Test
  void an_event_in_binary_mode_that_is_sent_twice_is_one_request() throws Exception {
    product.start();
    Map<String, String> event = Map.of("ce_specversion", "1.0", "ce_id", "d-1", "ce_source", "/ci");
    send(event, "shop", "shop");
    send(Map.of("ce_id", "d-1", "ce_source", "/ci"), "blog");
    awaitRuns(2);
    assertThat(ids()).hasSize(2).contains("/ci#d-1").anyMatch(id -> id.startsWith("kafka:"));
  }

  @Test
  void a_bad_record_goes_to_the_dead_letter_and_the_next_one_follows_whatever_headers_say()
      throws Exception {
    product.start();
    Map<String, String> hostile =
        Map.of(
            "CamelKafkaOffset",
            "99",
            "kafka.OFFSET",
            "98",
            "JMSMessageID",
            "ID:1",
            "camelkafkatopic",
            "other",
            "kafka.OVERRIDE_TOPIC",
            "other",
            "CamelKafkaOverrideTopic",
            "other",
            "CamelHttpUri",
            "http://127.0.0.1:9/",
            "cAmElBeanMethodName",
            "problem",
            "backup_reason",
            "x",
            "CamelFileName",
            "../x");
    send(hostile, "shop", "{\"site\":", "nix", "{\"site\":\"blog\",\"id\":\"own-1\"}");
    awaitRuns(2);
    assertThat(ids().get(0)).matches("kafka:requests/" + topic + "/0/0/\\d{13}");
    assertThat(ids().get(1)).isEqualTo("own-1");

    List<ConsumerRecord<String, String>> refused = broker.read(topic + ".refused", 2, SOON);
    assertThat(refused).extracting(ConsumerRecord::value).containsExactly("{\"site\":", "nix");
    assertThat(
            new String(
                refused.get(1).headers().lastHeader("backup_reason").value(),
                StandardCharsets.UTF_8))
        .isEqualTo("there is no site 'nix' in sites.yaml as it was last read");
    assertThat(refused.get(1).headers().headers("CamelHttpUri")).isEmpty();
    assertThat(broker.read("other", 1, Duration.ofMillis(300))).isEmpty();
  }

  @Test
  void what_has_become_a_row_is_not_read_again_and_what_came_meanwhile_is_read() throws Exception {
    product.start();
    send(Map.of(), "shop", "shop", "shop");
    awaitRuns(3);
    product.stop();
    send(Map.of(), "blog");
    product.start();
    awaitRuns(4);
    assertThat(ids()).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void a_record_that_is_read_again_after_a_crash_gives_the_same_run() throws Exception {
    product.start();
    send(Map.of(), "shop", "blog");
    awaitRuns(2);
    List<String> before = ids();
    product.stop();
    // as after a crash before the commit: a group that knows of no offset reads all again
    product.yaml(
        "triggers: [{name: requests, from: \"kafka:%s?brokers=%s&groupId=crashed\", coalesce: false}]\n"
            .formatted(topic, broker.address()));
    product.start();
    send(Map.of(), "{\"site\":\"blog\",\"id\":\"last\"}");
    await().atMost(RunningProduct.PATIENCE).until(() -> ids().contains("last"));
    assertThat(ids()).hasSize(3).containsAll(before);
  }

  @Test
  void while_the_store_is_away_a_record_is_held_and_the_consumer_keeps_its_place()
      throws Exception {
    product.start();
    send(Map.of(), "shop");
    awaitRuns(1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      await().atMost(RunningProduct.PATIENCE).until(() -> committed(admin) == 1);
      String member = member(admin);
      List<java.sql.Connection> all = new ArrayList<>();
      HikariDataSource pool = product.database().dataSource();
      while (all.size() < pool.getMaximumPoolSize()) { // then nobody else gets one
        all.add(pool.getConnection());
      }
      send(Map.of(), "{\"site\":\"blog\",\"id\":\"held\"}", "nix");
      await().during(Duration.ofSeconds(5)).atMost(SOON).until(() -> committed(admin) == 1);
      for (java.sql.Connection one : all) {
        one.close();
      }
      awaitRuns(2);
      await().atMost(RunningProduct.PATIENCE).until(() -> committed(admin) == 3);
      assertThat(ids()).hasSize(2).contains("held");
      assertThat(member(admin)).isEqualTo(member);
    }
  }

  private long committed(Admin admin) throws Exception {
    return admin
        .listConsumerGroupOffsets(topic)
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  private String member(Admin admin) throws Exception {
    return admin.describeConsumerGroups(List.of(topic)).all().get().get(topic).members().stream()
        .map(MemberDescription::consumerId)
        .collect(Collectors.joining());
  }

  @Test
  void a_broker_that_is_down_at_the_start_delays_nothing_and_is_found_when_it_is_there()
      throws Exception {
    broker.stop();
    long begin = System.nanoTime();
    product.start();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
    TriggerSupervisor triggers = product.service().beans().triggerModule().triggers();
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> triggers.allStatuses().get(0).failingSince() != null);
    assertThat(triggers.allStatuses().get(0).problem()).isEqualTo("no connection to the broker");
    BackupMetrics metrics =
        product.service().context().getRegistry().findSingleByType(BackupMetrics.class);
    String away = "backup_trigger_failing{trigger=\"requests\"} 1.0";
    assertThat(metrics.scrape()).contains(away);

    broker.restart();
    send(Map.of(), "blog");
    awaitRuns(2);
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> triggers.allStatuses().get(0).failingSince() == null);
    assertThat(metrics.scrape()).doesNotContain(away);
    broker.stop();
    begin = System.nanoTime();
    product.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    broker.restart();
  }
}
