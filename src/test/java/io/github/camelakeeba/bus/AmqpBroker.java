package io.github.camelakeeba.bus;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * A broker that speaks AMQP 1.0, durable, so that it can be restarted with what its queues hold.
 */
public interface AmqpBroker extends AutoCloseable {
  /** Whom it lets in. */
  String USER = "guest";

  /** What {@link #USER} knows. */
  String PASSWORD = "guest";

  /** Where it speaks AMQP 1.0, with the options that its addresses need: {@code amqp://…}. */
  String amqpUrl();

  /** Where it speaks MQTT: {@code tcp://…}. */
  String mqttUrl();

  /** Ends it, as a power cut would where it can be killed. */
  void stop() throws Exception;

  /** Starts it again on the same ports; what was durable is there. */
  void restart() throws Exception;

  /** A connection of another program than ours; started. */
  default Connection connect() throws JMSException {
    JmsConnectionFactory factory = new JmsConnectionFactory(USER, PASSWORD, amqpUrl());
    factory.setReceiveLocalOnly(true);
    factory.setRequestTimeout(20_000);
    factory.setValidatePropertyNames(false); // AMQP has no bounds for them
    Connection connection = factory.createConnection();
    connection.start();
    return connection;
  }

  @Override
  void close() throws Exception;
}
