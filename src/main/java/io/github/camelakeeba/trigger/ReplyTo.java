package io.github.camelakeeba.trigger;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

/**
 * Where the sender of a message waits for its reply, as text that outlives the connection.
 *
 * @param destination {@code queue:<name>} or {@code topic:<name>}
 * @param correlation how the sender knows which of its messages it is the reply to, or null
 */
public record ReplyTo(String destination, String correlation) {
  private static final int LONGEST = 2000;

  /** Of a JMS message, by the means of JMS only: no property takes their place. Null: nowhere. */
  static ReplyTo of(Message message) throws JMSException {
    Destination wanted = message.getJMSReplyTo();
    String name =
        wanted instanceof Queue queue
            ? "queue:" + queue.getQueueName()
            : wanted instanceof Topic topic ? "topic:" + topic.getTopicName() : null;
    String own = message.getJMSCorrelationID();
    String correlation = own == null ? message.getJMSMessageID() : own;
    boolean fits = name != null && name.length() <= LONGEST;
    return !fits || correlation != null && correlation.length() > LONGEST
        ? null
        : new ReplyTo(name, correlation);
  }

  /** {@code queue} or {@code topic}. */
  String kind() {
    return destination.substring(0, destination.indexOf(':'));
  }

  /** Its name on the broker. */
  String name() {
    return destination.substring(destination.indexOf(':') + 1);
  }
}
