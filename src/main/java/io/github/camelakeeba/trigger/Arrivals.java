package io.github.camelakeeba.trigger;

import io.github.camelakeeba.site.Trigger;
import java.util.Locale;
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
    return new Arrival(
        name,
        id(exchange, name),
        label(exchange),
        body.bytes(),
        header(exchange, trigger.tokenHeader()),
        header(exchange, trigger.signatureHeader()),
        body.fault());
  }

  /** The last resort is good for repetitions within this process only. */
  private static String id(Exchange exchange, String trigger) {
    if (exchange.getMessage().getBody() instanceof GenericFile<?> file) {
      return "file:%s/%s/%d/%d"
          .formatted(
              trigger, file.getRelativeFilePath(), file.getLastModified(), file.getFileLength());
    }
    String jms = header(exchange, "JMSMessageID");
    if (jms != null && !jms.isBlank()) {
      return "jms:" + jms;
    }
    String offset = header(exchange, "kafka.OFFSET");
    if (offset != null) {
      return "kafka:%s/%s/%s/%s/%s"
          .formatted(
              trigger,
              header(exchange, "kafka.TOPIC"),
              header(exchange, "kafka.PARTITION"),
              offset,
              header(exchange, "kafka.TIMESTAMP"));
    }
    return "exchange:" + exchange.getExchangeId();
  }

  private static String label(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof GenericFile<?> file) {
      return file.getRelativeFilePath();
    }
    String jms = header(exchange, "JMSMessageID");
    return jms == null ? exchange.getExchangeId() : jms;
  }

  /** Its name in any case. */
  private static String header(Exchange exchange, String name) {
    if (name == null) {
      return null;
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, Object> header : exchange.getMessage().getHeaders().entrySet()) {
      if (header.getKey().toLowerCase(Locale.ROOT).equals(wanted)) {
        return header.getValue() instanceof byte[] bytes
            ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
            : String.valueOf(header.getValue());
      }
    }
    return null;
  }
}
