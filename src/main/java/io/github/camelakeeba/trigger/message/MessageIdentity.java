package io.github.camelakeeba.trigger.message;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.run.CloudEventHeaders;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.signature.WebhookSignature;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;

/**
 * The transport's identity of a message. A header is believed only where the message's consumer has
 * written it: other senders may give it any name. Two brokers may give the same id: it begins with
 * the trigger's name.
 */
final class MessageIdentity {
  private static final int MAX_LABEL_LENGTH = 200;

  private final Exchange exchange;
  private final Trigger trigger;
  private final SignatureVerifier.Credentials credentials;
  private final Object jms; // or null; its class may not be there to be named

  MessageIdentity(Exchange exchange, Trigger trigger, SignatureVerifier.Credentials credentials) {
    this.credentials = credentials;
    this.exchange = exchange;
    this.trigger = trigger;
    this.jms = OptionalComponents.JMS ? JmsMessages.jmsMessageIn(exchange.getMessage()) : null;
  }

  ReplyTo replyTo() {
    return jms == null ? null : JmsMessages.replyTo(jms);
  }

  /**
   * What its sender has signed, else the id of a CloudEvent, else the transport's, else one that is
   * good for repetitions within this process only.
   */
  String id(byte[] body) {
    if (credentials.standard() != null) {
      return id("webhook", credentials.standard().id());
    }
    String event = CloudEventHeaders.requestId(exchange.getMessage().getHeaders());
    return event == null ? transportId(body) : event;
  }

  private String transportId(byte[] body) {
    if (exchange.getMessage().getBody() instanceof GenericFile<?> file) {
      return id("file", file.getRelativeFilePath(), file.getLastModified(), file.getFileLength());
    }
    if (trigger.scheme().equals("servlet")) {
      String signature = credentials.backupSignature();
      return signature == null
          ? exchangeId()
          : id("signed", WebhookSignature.label(signature, body));
    }
    if (kafka()) {
      return id(
          "kafka",
          header("CamelKafkaTopic"),
          header("CamelKafkaPartition"),
          header("CamelKafkaOffset"),
          header("CamelKafkaTimestamp"));
    }
    String jmsId = jmsId();
    if (jmsId != null) {
      return id("jms", jmsId);
    }
    // one that came to the broker by MQTT has no id, but when it came and its contents stay
    long sent = jms == null ? 0 : JmsMessages.time(jms);
    return sent > 0 ? id("jms-at", sent, "%08x".formatted(Arrays.hashCode(body))) : exchangeId();
  }

  private String id(String transport, Object... parts) {
    return Arrays.stream(parts)
        .map(String::valueOf)
        .collect(Collectors.joining("/", transport + ":" + trigger.name() + "/", ""));
  }

  private String exchangeId() {
    return "exchange:" + exchange.getExchangeId();
  }

  /** For people, in a line: the sender of a message may choose its name. */
  String label() {
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
    return UntrustedText.oneLine(text, MAX_LABEL_LENGTH);
  }

  private boolean kafka() {
    return OptionalComponents.KAFKA && KafkaOffsetCommitter.isFromKafka(exchange);
  }

  private String jmsId() {
    String id = jms == null ? simpleJmsId() : JmsMessages.id(jms);
    return id == null || id.isBlank() ? null : id;
  }

  /** Camel's other component for JMS comes in a jar of the user's, and hands no message over. */
  private String simpleJmsId() {
    Endpoint from = exchange.getFromEndpoint();
    return from != null && from.getClass().getName().startsWith("org.apache.camel.component.sjms")
        ? header("JMSMessageID")
        : null;
  }

  private String header(String name) {
    return Objects.toString(exchange.getMessage().getHeader(name), null);
  }
}
