package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.WebhookSignature;
import io.github.camelakeeba.site.Trigger;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;

/** The bean {@code backup-arrivals}: what counts of a message, before its headers are removed. */
public final class Arrivals {
  private final Map<String, Trigger> triggers;

  /** For these triggers, by name. */
  public Arrivals(Map<String, Trigger> triggers) {
    this.triggers = triggers;
  }

  /** The message that the exchange carries; never fails of what stands in it. */
  public Arrival of(String name, Exchange exchange) {
    Trigger trigger = triggers.get(name);
    MessageBody body = MessageBody.of(exchange);
    if (Components.KAFKA) {
      KafkaOffset.commitAtTheEndOf(exchange);
    }
    boolean jms = Components.JMS && JmsMessages.isOne(exchange.getMessage().getBody());
    return new Arrival(
        name,
        id(exchange, trigger, jms, body.bytes()),
        label(exchange),
        body.bytes(),
        SenderProof.token(trigger, exchange.getMessage().getHeaders()),
        SenderProof.signature(trigger, exchange.getMessage().getHeaders()),
        jms ? JmsMessages.replyTo(exchange.getMessage().getBody()) : null,
        body.fault());
  }

  /** The last resort is good for repetitions within this process only. */
  private static String id(Exchange exchange, Trigger trigger, boolean message, byte[] body) {
    if (exchange.getMessage().getBody() instanceof GenericFile<?> file) {
      return "file:%s/%s/%d/%d"
          .formatted(
              trigger.name(),
              file.getRelativeFilePath(),
              file.getLastModified(),
              file.getFileLength());
    }
    if (trigger.scheme().equals("servlet")) {
      // its headers are those of the caller
      String signature = SenderProof.own(trigger, exchange.getMessage().getHeaders());
      return signature == null
          ? "exchange:" + exchange.getExchangeId()
          : "signed:%s/%s".formatted(trigger.name(), WebhookSignature.label(signature));
    }
    // a number is Camel's own: what a record's producer writes is bytes
    if (exchange.getMessage().getHeader("CamelKafkaOffset") instanceof Long offset) {
      return "kafka:%s/%s/%s/%d/%s"
          .formatted(
              trigger.name(),
              header(exchange, "CamelKafkaTopic"),
              header(exchange, "CamelKafkaPartition"),
              offset,
              header(exchange, "CamelKafkaTimestamp"));
    }
    String jms = header(exchange, "JMSMessageID");
    if (jms != null && !jms.isBlank()) {
      return "jms:" + jms;
    }
    // one that came to the broker by MQTT has no id, but when it came and what stands in it stay
    return message
            && exchange.getMessage().getHeader("JMSTimestamp") instanceof Long time
            && time > 0
        ? "jms-at:%s/%d/%08x".formatted(trigger.name(), time, Arrays.hashCode(body))
        : "exchange:" + exchange.getExchangeId();
  }

  private static String label(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof GenericFile<?> file) {
      return file.getRelativeFilePath();
    }
    if (exchange.getMessage().getHeader("CamelKafkaOffset") instanceof Long offset) {
      return "%s-%s@%d"
          .formatted(
              header(exchange, "CamelKafkaTopic"), header(exchange, "CamelKafkaPartition"), offset);
    }
    String jms = header(exchange, "JMSMessageID");
    return jms == null ? exchange.getExchangeId() : jms;
  }

  /** What a component has written; bytes are a stranger's. */
  private static String header(Exchange exchange, String name) {
    Object value = exchange.getMessage().getHeader(name);
    return value == null || value instanceof byte[] ? null : String.valueOf(value);
  }
}
