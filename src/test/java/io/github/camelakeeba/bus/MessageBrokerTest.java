package io.github.camelakeeba.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.Gateway;
import jakarta.jms.Message;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines by which a user names a message broker, for Artemis' own protocol and for AMQP 1.0. */
@Tag("broker")
class MessageBrokerTest {
  private static final String PROPERTIES =
      """
      broker.user = backup
      broker.password = let-me-in

      camel.beans.artemis = #class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory
      camel.beans.artemis.brokerURL = tcp://127.0.0.1:%d?callTimeout=2000
      camel.beans.artemis.user = {{broker.user}}
      camel.beans.artemis.password = {{broker.password}}
      camel.beans.artemisPool = #class:org.messaginghub.pooled.jms.JmsPoolConnectionFactory
      camel.beans.artemisPool.connectionFactory = #bean:artemis
      camel.component.jms.connectionFactory = #bean:artemisPool

      camel.beans.qpid = #class:org.apache.qpid.jms.JmsConnectionFactory
      camel.beans.qpid.remoteURI = amqp://127.0.0.1:%d?jms.connectTimeout=5000&jms.requestTimeout=2000&jms.sendTimeout=2000&jms.closeTimeout=2000
      camel.beans.qpid.username = {{broker.user}}
      camel.beans.qpid.password = {{broker.password}}
      camel.beans.qpidPool = #class:org.messaginghub.pooled.jms.JmsPoolConnectionFactory
      camel.beans.qpidPool.connectionFactory = #bean:qpid
      camel.beans.amqp = #class:org.apache.camel.component.jms.JmsComponent
      camel.beans.amqp.connectionFactory = #bean:qpidPool
      """;

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private ArtemisBroker broker;
  private Gateway core;
  private Gateway amqp;
  private Sender sender;

  @BeforeEach
  void start() throws Exception {
    broker = ArtemisBroker.start();
    core = new Gateway(URI.create(broker.coreUrl()));
    amqp = new Gateway(URI.create(broker.amqpUrl()));
    sender = new Sender(folder, PROPERTIES.formatted(core.port(), amqp.port()));
  }

  @AfterEach
  void stop() throws Exception {
    sender.close();
    core.close();
    amqp.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void messages_arrive_with_body_and_headers_over_one_connection(String scheme) throws Exception {
    sender.send(scheme + ":queue:backups", "one");
    sender.send(scheme + ":queue:backups", "two");
    assertThat(broker.connections()).isEqualTo(1);

    List<Message> taken = broker.take("backups", 2, SOON);
    assertThat(taken.get(0).getBody(String.class)).isEqualTo("one");
    assertThat(taken.get(1).getBody(String.class)).isEqualTo("two");
    assertThat(taken.get(0).getStringProperty("region")).isEqualTo("eu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void a_broker_that_is_down_fails_the_sender_soon_and_is_found_again(String scheme)
      throws Exception {
    sender.send(scheme + ":queue:backups", "before");
    broker.stop();
    assertThat(sender.failure(scheme + ":queue:backups")).isLessThan(SOON);
    assertThat(sender.failure(scheme + ":queue:backups")).isLessThan(SOON);

    broker.restart();
    sender.send(scheme + ":queue:backups", "after");

    Message only = broker.take("backups", 1, SOON).get(0);
    assertThat(only.getBody(String.class)).isEqualTo("after");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void a_broker_that_answers_no_more_fails_the_sender_soon(String scheme) {
    sender.send(scheme + ":queue:backups", "before");
    core.silence();
    amqp.silence();
    assertThat(sender.failure(scheme + ":queue:backups")).isLessThan(SOON);
    assertThat(sender.failure(scheme + ":queue:backups")).isLessThan(SOON);
  }
}
