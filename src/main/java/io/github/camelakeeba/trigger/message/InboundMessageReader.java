package io.github.camelakeeba.trigger.message;

import io.github.camelakeeba.config.Trigger;
import java.util.Map;
import org.apache.camel.Exchange;

/** Reads what counts of a message, before its headers are removed. */
public final class InboundMessageReader {
  private final Map<String, Trigger> triggers;

  public InboundMessageReader(Map<String, Trigger> triggers) {
    this.triggers = triggers;
  }

  /** The message that the exchange carries; never fails because of its contents. */
  public InboundMessage read(String name, Exchange exchange) {
    Trigger trigger = triggers.get(name);
    if (trigger == null) {
      throw new IllegalStateException("the trigger %s was taken out of sites.yaml".formatted(name));
    }
    SignatureVerifier.Credentials credentials =
        SignatureVerifier.readCredentials(trigger, exchange.getMessage().getHeaders());
    MessageIdentity identity = new MessageIdentity(exchange, trigger, credentials);
    MessageBody body = MessageBody.of(exchange);
    if (OptionalComponents.KAFKA) {
      KafkaOffsetCommitter.commitOnCompletion(exchange);
    }
    return new InboundMessage(
        name,
        identity.id(body.bytes()),
        identity.label(),
        body.bytes(),
        credentials,
        identity.replyTo(),
        body.error());
  }
}
