package io.github.camelakeeba.trigger;

import io.github.camelakeeba.site.Trigger;
import java.util.Map;
import org.apache.camel.Exchange;

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
    Origin origin = new Origin(exchange, trigger);
    MessageBody body = MessageBody.of(exchange);
    if (Components.KAFKA) {
      KafkaOffset.commitAtTheEndOf(exchange);
    }
    return new Arrival(
        name,
        origin.id(body.bytes()),
        origin.label(),
        body.bytes(),
        SenderProof.given(trigger, exchange.getMessage().getHeaders()),
        origin.replyTo(),
        body.fault());
  }
}
