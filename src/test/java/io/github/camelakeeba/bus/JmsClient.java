package io.github.camelakeeba.bus;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.UUID;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A program of somebody else that sends messages, and may wait for a reply. */
public final class JmsClient implements AutoCloseable {
  private final ActiveMQConnectionFactory factory;
  private final Connection connection;
  private final Session session;

  /** Makes a message. */
  @FunctionalInterface
  public interface Maker {
    /** In this session. */
    Message make(Session session) throws JMSException;
  }

  /** Connects to a broker. */
  public JmsClient(ArtemisBroker broker) throws JMSException {
    factory = new ActiveMQConnectionFactory(broker.coreUrl());
    connection = factory.createConnection();
    session = connection.createSession();
    connection.start();
  }

  /** Sends a text; gives its JMSMessageID. */
  public String send(String queue, String text) throws JMSException {
    return send(queue, session -> session.createTextMessage(text));
  }

  /** Sends a message; gives its JMSMessageID. */
  public String send(String queue, Maker maker) throws JMSException {
    try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      Message message = maker.make(session);
      producer.send(message);
      return message.getJMSMessageID();
    }
  }

  /** Sends a text and waits for the reply with its correlation id; null when none comes. */
  public Message request(String queue, String text, Duration patience) throws JMSException {
    Queue replies = session.createTemporaryQueue();
    String correlation = UUID.randomUUID().toString();
    send(
        queue,
        session -> {
          Message message = session.createTextMessage(text);
          message.setJMSReplyTo(replies);
          message.setJMSCorrelationID(correlation);
          return message;
        });
    try (var consumer =
        session.createConsumer(replies, "JMSCorrelationID = '" + correlation + "'")) {
      return consumer.receive(patience.toMillis());
    }
  }

  @Override
  public void close() throws JMSException {
    connection.close();
    factory.close();
  }
}
