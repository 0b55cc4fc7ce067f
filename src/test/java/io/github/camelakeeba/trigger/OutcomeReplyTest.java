package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks with a JMSReplyTo gets the outcome, hours later if need be; nothing of ours waits. */
@Tag("broker")
class OutcomeReplyTest {
  private static final long SOON = 20_000;
  private static ArtemisBroker broker;

  @TempDir Path folder;
  private RunningProduct product;
  private SimulatedSite shop;

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
    product = TestBrokers.named(new RunningProduct(folder), broker);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url());
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
  }

  private void start(String scheme) throws Exception {
    product
        .yaml(
            "triggers: [{name: ask, from: \"%s:queue:requests\", reply: outcome}]\n"
                .formatted(scheme))
        .start();
  }

  private static Message send(Session session, String text, Destination replyTo, String correlation)
      throws JMSException {
    TextMessage message = session.createTextMessage(text);
    message.setJMSReplyTo(replyTo);
    message.setJMSCorrelationID(correlation);
    session.createProducer(session.createQueue("requests")).send(message);
    return message;
  }

  private static JsonNode json(Message message) throws Exception {
    return new ObjectMapper().readTree(message.getBody(String.class));
  }

  private int pendingReplies() {
    return product.jdbc().queryForObject("select count(*) from reply", Integer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void the_outcome_comes_to_the_temporary_queue_of_each_sender_with_what_it_knows_it_by(
      String scheme) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    shop.fault(Fault.on("startBackup").holdAnswer(end));
    start(scheme);
    try (Connection connection = TestBrokers.connect(scheme, broker);
        Session session = connection.createSession()) {
      Destination answers = session.createTemporaryQueue();
      MessageConsumer consumer = session.createConsumer(answers);
      send(session, "shop", answers, "my-17");
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("startBackup").size() == 1);
      // these two join, the run that waits behind the one that runs
      Message second = send(session, "shop", answers, null);
      send(session, "shop", answers, "my-19");
      await().atMost(RunningProduct.PATIENCE).until(() -> pendingReplies() == 3);
      assertThat(broker.take("requests", 1, Duration.ofMillis(300))).as("acknowledged").isEmpty();
      assertThat(consumer.receiveNoWait()).isNull();

      end.countDown();
      Message first = consumer.receive(SOON);
      assertThat(first.getJMSCorrelationID()).isEqualTo("my-17");
      assertThat(json(first).at("/data/state").asText()).isEqualTo("completed");
      assertThat(json(first).path("specversion").asText()).isEqualTo("1.0");
      Message one = consumer.receive(SOON);
      Message other = consumer.receive(SOON);
      assertThat(new String[] {one.getJMSCorrelationID(), other.getJMSCorrelationID()})
          .containsExactlyInAnyOrder(second.getJMSMessageID(), "my-19");
      assertThat(json(one)).isEqualTo(json(other));
      assertThat(json(one).path("subject")).isNotEqualTo(json(first).path("subject"));
      await().atMost(RunningProduct.PATIENCE).until(() -> pendingReplies() == 0);
      assertThat(consumer.receive(300)).isNull();
    }
  }

  @Test
  void a_refused_request_is_told_at_once() throws Exception {
    start("jms");
    try (Connection connection = TestBrokers.connect("jms", broker);
        Session session = connection.createSession()) {
      Destination answers = session.createTemporaryQueue();
      send(session, "{\"site\":\"nix\"}", answers, "my-1");
      Message rejection = session.createConsumer(answers).receive(SOON);
      assertThat(json(rejection).path("status").asInt()).isEqualTo(404);
      assertThat(rejection.getJMSCorrelationID()).isEqualTo("my-1");
      assertThat(pendingReplies()).isZero();
    }
  }

  @Test
  void the_reply_survives_a_restart_and_a_broker_that_is_away_at_the_end_of_the_run()
      throws Exception {
    shop.steps(20).stepTime(Duration.ofMillis(100));
    product.durable();
    start("jms");
    try (Connection connection = TestBrokers.connect("jms", broker);
        Session session = connection.createSession()) {
      send(session, "shop", session.createQueue("answers"), "my-2");
    }
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 3);
    product.stop();
    broker.stop();
    product.start();
    await().atMost(RunningProduct.PATIENCE).until(() -> attempts() > 0);
    broker.restart();
    Message reply = broker.take("answers", 1, Duration.ofMillis(SOON)).get(0);
    assertThat(json(reply).at("/data/steps").asInt()).isEqualTo(20);
    assertThat(reply.getJMSCorrelationID()).isEqualTo("my-2");
    await().atMost(RunningProduct.PATIENCE).until(() -> pendingReplies() == 0);
  }

  private int attempts() {
    return product
        .jdbc()
        .queryForObject("select coalesce(sum(attempts), 0) from reply", Integer.class);
  }

  @Test
  void a_sender_in_the_same_process_that_waits_gets_the_outcome_in_its_own_call() throws Exception {
    product.yaml("triggers: [{from: \"seda:ask\", reply: outcome}]\n").start();
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                product.service().context().getRoute("backup-trigger-trigger-1").getUptimeMillis()
                    > 0);
    String reply =
        product
            .service()
            .context()
            .createProducerTemplate()
            .requestBody("seda:ask?timeout=30000", "shop", String.class);
    assertThat(new ObjectMapper().readTree(reply).at("/data/state").asText())
        .isEqualTo("completed");
  }
}
