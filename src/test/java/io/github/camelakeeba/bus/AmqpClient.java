package io.github.camelakeeba.bus;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of somebody else that sends and takes messages over AMQP 1.0, confirmed each. */
public final class AmqpClient implements AutoCloseable {
  private final Connection connection;
  private final Session session;

  /** Connects to a broker. */
  public AmqpClient(AmqpBroker broker) throws JMSException {
    connection = broker.connect();
    session = connection.createSession();
  }

  /** Sends a text; gives its JMSMessageID. */
  public String send(String queue, String text) throws JMSException {
    return send(queue, text, null, null);
  }

  /** Sends a text whose reply goes to this queue; gives its JMSMessageID. */
  public String send(String queue, String text, String replyTo, String correlation)
      throws JMSException {
    Message message = session.createTextMessage(text);
    if (replyTo != null) {
      message.setJMSReplyTo(session.createQueue(replyTo));
      message.setJMSCorrelationID(correlation);
    }
    return send(queue, message);
  }

  /** Sends a text with application properties, whose names may be any; gives its JMSMessageID. */
  public String send(String queue, String text, Map<String, String> properties)
      throws JMSException {
    Message message = session.createTextMessage(text);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      message.setStringProperty(property.getKey(), property.getValue());
    }
    return send(queue, message);
  }

  private String send(String queue, Message message) throws JMSException {
    try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      producer.send(message);
    }
    return message.getJMSMessageID();
  }

  /**
   * Takes so many messages from a queue; fewer when they are not there in time. In a session of its
   * own: a RabbitMQ keeps what it has sent ahead to a consumer until the session of it ends.
   */
  public List<Message> take(String queue, int count, Duration patience) throws JMSException {
    List<Message> taken = new ArrayList<>();
    long end = System.nanoTime() + patience.toNanos();
    try (Session taking = connection.createSession();
        MessageConsumer consumer = taking.createConsumer(taking.createQueue(queue))) {
      long left = patience.toMillis();
      while (taken.size() < count && left > 0) {
        Message message = consumer.receive(left);
        if (message != null) {
          taken.add(message);
        }
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    }
    return taken;
  }

  @Override
  public void close() throws JMSException {
    connection.close();
  }
}
