package io.github.camelakeeba.bus;

import io.github.camelakeeba.product.Ports;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * A message broker in the tests' own process: Artemis' own protocol, AMQP 1.0 and MQTT, each on a
 * port.
 */
public final class ArtemisBroker implements AmqpBroker {
  private final int core = Ports.free();
  private final int amqp = Ports.free();
  private final int mqtt = Ports.free();

  /** Where its queues are kept; null: nowhere. */
  private final Path folder;

  private ActiveMQServer server;

  private ArtemisBroker(Path folder) {
    this.folder = folder;
  }

  /** Starts it; what its queues hold is gone when it stops. */
  public static ArtemisBroker start() throws Exception {
    return start(null);
  }

  /** Starts one that keeps its queues in this folder. */
  public static ArtemisBroker start(Path folder) throws Exception {
    QuietLogs.servers();
    ArtemisBroker broker = new ArtemisBroker(folder);
    broker.restart();
    return broker;
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }

  @Override
  public void restart() throws Exception {
    Configuration configuration =
        new ConfigurationImpl()
            .setPersistenceEnabled(folder != null)
            .setJournalType(JournalType.NIO)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .addAcceptorConfiguration("core", listen(core, "CORE"))
            .addAcceptorConfiguration("amqp", listen(amqp, "AMQP"))
            .addAcceptorConfiguration("mqtt", listen(mqtt, "MQTT"))
            .addAddressSetting("#", new AddressSettings().setAutoDeleteQueues(false));
    if (folder != null) {
      configuration
          .setBindingsDirectory(folder.resolve("bindings").toString())
          .setJournalDirectory(folder.resolve("journal").toString())
          .setLargeMessagesDirectory(folder.resolve("large").toString())
          .setPagingDirectory(folder.resolve("paging").toString());
    }
    server = ActiveMQServers.newActiveMQServer(configuration, folder != null);
    server.start();
  }

  private static String listen(int port, String protocol) {
    return "tcp://127.0.0.1:%d?protocols=%s".formatted(port, protocol);
  }

  /** Where it speaks Artemis' own protocol: {@code tcp://…}. */
  public String coreUrl() {
    return "tcp://127.0.0.1:" + core;
  }

  @Override
  public String amqpUrl() {
    return "amqp://127.0.0.1:" + amqp;
  }

  @Override
  public String mqttUrl() {
    return "tcp://127.0.0.1:" + mqtt;
  }

  /** How many clients are connected. */
  public int connections() {
    return server.getRemotingService().getConnections().size();
  }

  /** How many messages of a queue are not acknowledged. */
  public long waiting(String queue) {
    return server.locateQueue(queue).getMessageCount();
  }

  /** Of each message of a queue that a client has and has not acknowledged: how often it came. */
  public List<Integer> held(String queue) {
    return server.locateQueue(queue).getDeliveringMessages().values().stream()
        .flatMap(List::stream)
        .map(MessageReference::getDeliveryCount)
        .toList();
  }

  /** Takes so many messages from a queue; fewer when no other comes for so long. */
  public List<Message> take(String queue, int count, Duration patience) throws JMSException {
    List<Message> taken = new ArrayList<>();
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(coreUrl());
        Connection connection = factory.createConnection();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      connection.start();
      Message message = consumer.receive(patience.toMillis());
      while (message != null) {
        taken.add(message);
        message = taken.size() < count ? consumer.receive(patience.toMillis()) : null;
      }
    }
    return taken;
  }

  @Override
  public void close() throws Exception {
    stop();
  }
}
