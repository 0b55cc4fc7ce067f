package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.ServerText;
import io.github.camelakeeba.notify.WebhookSignature;
import io.github.camelakeeba.site.Trigger;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.component.kafka.KafkaEndpoint;

/**
 * What the transport itself calls a message. A header is believed only where the message's own
 * consumer has written it: senders of another transport may give theirs any name. Each id begins
 * with the trigger's name, since two brokers may give the same.
 */
final class Origin {
  private static final int LONGEST_LABEL = 200;

  private final Exchange exchange;
  private final Trigger trigger;

  Origin(Exchange exchange, Trigger trigger) {
    this.exchange = exchange;
    this.trigger = trigger;
  }

  /** The JMS message, whatever the URI makes of it for routes; null: it is none. */
  Message jms() {
    return exchange.getMessage() instanceof JmsMessage jms
        ? jms.getJmsMessage()
        : exchange.getMessage().getBody() instanceof Message message ? message : null;
  }

  /** The last resort is good for repetitions within this process only. */
  String id(byte[] body) throws JMSException {
    if (exchange.getMessage().getBody() instanceof GenericFile<?> file) {
      return "file:%s/%s/%d/%d"
          .formatted(
              trigger.name(),
              file.getRelativeFilePath(),
              file.getLastModified(),
              file.getFileLength());
    }
    if (trigger.scheme().equals("servlet")) {
      String signature = SenderProof.own(trigger, exchange.getMessage().getHeaders());
      return signature == null
          ? ofExchange()
          : "signed:%s/%s".formatted(trigger.name(), WebhookSignature.label(signature));
    }
    if (kafka()) {
      return "kafka:%s/%s/%s/%s/%s"
          .formatted(
              trigger.name(),
              header("CamelKafkaTopic"),
              header("CamelKafkaPartition"),
              header("CamelKafkaOffset"),
              header("CamelKafkaTimestamp"));
    }
    String jms = jmsId();
    if (jms != null) {
      return "jms:%s/%s".formatted(trigger.name(), jms);
    }
    // one that came to the broker by MQTT has no id, but when it came and what stands in it stay
    return jms() != null && jms().getJMSTimestamp() > 0
        ? "jms-at:%s/%d/%08x"
            .formatted(trigger.name(), jms().getJMSTimestamp(), Arrays.hashCode(body))
        : ofExchange();
  }

  private String ofExchange() {
    return "exchange:" + exchange.getExchangeId();
  }

  /** How a person finds it again, in a line: whoever sends a message may choose its name. */
  String label() throws JMSException {
    if (exchange.getMessage().getBody() instanceof GenericFile<?> file) {
      return line(file.getRelativeFilePath());
    }
    if (kafka()) {
      return line(
          "%s-%s@%s"
              .formatted(
                  header("CamelKafkaTopic"),
                  header("CamelKafkaPartition"),
                  header("CamelKafkaOffset")));
    }
    return jmsId() == null ? exchange.getExchangeId() : line(jmsId());
  }

  private static String line(String text) {
    return ServerText.oneLine(text, LONGEST_LABEL);
  }

  private boolean kafka() {
    return exchange.getFromEndpoint() instanceof KafkaEndpoint;
  }

  private String jmsId() throws JMSException {
    String id = jms() == null ? simpleJmsId() : jms().getJMSMessageID();
    return id == null || id.isBlank() ? null : id;
  }

  /** Camel's other component for JMS comes in a jar of the user's, and hands no message over. */
  private String simpleJmsId() {
    return exchange.getFromEndpoint() != null
            && exchange
                .getFromEndpoint()
                .getClass()
                .getName()
                .startsWith("org.apache.camel.component.sjms")
        ? header("JMSMessageID")
        : null;
  }

  private String header(String name) {
    Object value = exchange.getMessage().getHeader(name);
    return value == null ? null : String.valueOf(value);
  }
}
