package io.github.camelakeeba.trigger.message;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.camel.component.jms.JmsMessage;

/** The contents of JMS messages. To be loaded only where {@link OptionalComponents#JMS}. */
public final class JmsMessages {
  private static final int MAX_LENGTH = 2000;

  /** How Qpid's client is given another outcome of a delivery than "accepted". */
  private static final String ACKNOWLEDGEMENT = "JMS_AMQP_ACK_TYPE";

  /** RabbitMQ 3.10 puts it back; at "modified" it ends the session (measured). */
  private static final int RELEASED = 3;

  private JmsMessages() {}

  private interface Read<T> {
    T from(Message message) throws JMSException;
  }

  private static <T> T read(Object message, Read<T> property, T otherwise) {
    try {
      return property.from((Message) message);
    } catch (JMSException e) {
      return otherwise;
    }
  }

  /** The JMS message of this Camel message, however its URI maps it for routes; or null. */
  static Object jmsMessageIn(org.apache.camel.Message carrier) {
    return carrier instanceof JmsMessage jms
        ? jms.getJmsMessage()
        : isJmsMessage(carrier.getBody()) ? carrier.getBody() : null;
  }

  static boolean isJmsMessage(Object body) {
    return body instanceof Message;
  }

  static String id(Object message) {
    return read(message, Message::getJMSMessageID, null);
  }

  /** When it was sent, milliseconds since 1970; 0: not known. */
  static long time(Object message) {
    return read(message, Message::getJMSTimestamp, 0L);
  }

  /**
   * Gives a message that failed back to its broker, as a rollback would, where the session has no
   * transaction: to recover the session would keep it here, and the broker would not count.
   */
  public static void release(Session session, Message message) {
    try {
      if (session.getAcknowledgeMode() == Session.CLIENT_ACKNOWLEDGE) {
        message.setIntProperty(ACKNOWLEDGEMENT, RELEASED);
        message.acknowledge();
      }
    } catch (JMSException e) {
      // of another client than Qpid's, or the connection is gone: it is redelivered in either case
    }
  }

  static MessageBody body(Object message) {
    try {
      return read((Message) message);
    } catch (JMSException e) {
      return MessageBody.unreadable(e);
    }
  }

  private static MessageBody read(Message message) throws JMSException {
    if (message instanceof TextMessage text) {
      String all = text.getText();
      return all == null
          ? new MessageBody(new byte[0], null)
          : all.length() > MessageBody.MAX_BYTES
              ? MessageBody.TOO_LONG
              : MessageBody.bounded(all.getBytes(StandardCharsets.UTF_8));
    }
    if (message instanceof BytesMessage bytes) {
      if (bytes.getBodyLength() > MessageBody.MAX_BYTES) {
        return MessageBody.TOO_LONG;
      }
      byte[] all = new byte[(int) bytes.getBodyLength()];
      bytes.reset();
      bytes.readBytes(all);
      return new MessageBody(all, null);
    }
    return message.getClass().getSimpleName().matches(".*(Object|Map|Stream).*")
        ? MessageBody.unsupported(message)
        : new MessageBody(new byte[0], null);
  }

  /** Where the sender waits, by JMSReplyTo only; null: nowhere that we could write to. */
  static ReplyTo replyTo(Object message) {
    return read(message, JmsMessages::namedReplyTo, null);
  }

  private static ReplyTo namedReplyTo(Message message) throws JMSException {
    Destination destination = message.getJMSReplyTo();
    String name =
        destination instanceof Queue queue
            ? "queue:" + queue.getQueueName()
            : destination instanceof Topic topic ? "topic:" + topic.getTopicName() : null;
    String own = message.getJMSCorrelationID();
    String correlation = own == null ? message.getJMSMessageID() : own;
    boolean fits = name != null && name.length() <= MAX_LENGTH;
    return !fits || correlation != null && correlation.length() > MAX_LENGTH
        ? null
        : new ReplyTo(name, correlation);
  }
}
