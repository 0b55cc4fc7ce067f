package io.github.camelakeeba.trigger.message;

import io.github.camelakeeba.config.Trigger;
import java.util.Map;
import org.apache.camel.Exchange;

/** What counts of a message, before its headers are removed. */
public final class InboundMessageReader {
  private final Map<String, Trigger> triggers;

  public InboundMessageReader(Map<String, Trigger> triggers) {
    this.triggers = triggers;
  }

  /** The message that the exchange carries; never fails of what stands in it. */
  public InboundMessage read(String name, Exchange exchange) {
    Trigger trigger = triggers.get(name);
    MessageIdentity origin = new MessageIdentity(exchange, trigger);
    MessageBody body = MessageBody.of(exchange);
    if (OptionalComponents.KAFKA) {
      KafkaOffsetCommitter.commitOnCompletion(exchange);
    }
    return new InboundMessage(
        name,
        origin.id(body.bytes()),
        origin.label(),
        body.bytes(),
        SignatureVerifier.readCredentials(trigger, exchange.getMessage().getHeaders()),
        origin.replyTo(),
        body.error());
  }
}
