package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.TransientStoreErrors;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean {@code backup-refusals}: why a message is not taken, and what the dead letter gets. */
public final class Rejections {
  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
  private static final int MAX_REASON_LENGTH = 500;

  private final Map<String, Trigger> triggers;

  /** For these triggers, by name. */
  public Rejections(Map<String, Trigger> triggers) {
    this.triggers = triggers;
  }

  /**
   * What is refused and why; what went wrong here is told in the log only. A store that is away is
   * no reason to refuse anything: its exception is thrown on, and the message held.
   */
  public Rejection toRejection(InboundMessage arrival, Exception thrown) throws Exception {
    if (TransientStoreErrors.isTransient(thrown)) {
      throw thrown;
    }
    RunRefusedException refused = refusalIn(thrown);
    if (refused == null) {
      LOG.error("trigger {}: a message makes this program fail", arrival.trigger(), thrown);
    }
    return new Rejection(
        arrival,
        refused == null ? Reason.INTERNAL : refused.reason(),
        refused == null
            ? "this program failed; its log holds the details"
            : UntrustedText.oneLine(refused.getMessage(), MAX_REASON_LENGTH),
        triggers.get(arrival.trigger()).deadLetter());
  }

  private static RunRefusedException refusalIn(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof RunRefusedException refused) {
        return refused;
      }
    }
    return null;
  }

  /** Makes the exchange the dead letter: the body as it came, and why it is there. */
  public void toDeadLetter(@Variable("backup-rejection") Rejection refusal, Exchange exchange) {
    Map<String, Object> headers = exchange.getMessage().getHeaders();
    headers.clear();
    headers.put("backup_trigger", refusal.message().trigger());
    headers.put("backup_reason", refusal.reason());
    headers.put("backup_message", refusal.message().name());
    exchange.getMessage().setBody(body(refusal.message().body()));
  }

  /** Text where it is text: so it stays what most senders have sent. */
  private static Object body(byte[] bytes) {
    if (bytes == null) {
      return "";
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return bytes;
    }
  }

  /** Fails with a reason of one line: the endpoint's own exception often carries its URI. */
  public void failDeadLetter(
      @Variable("backup-rejection") Rejection refusal, @ExchangeException Throwable cause) {
    throw new DeadLetterException(
        "%s; its dead letter does not take it: %s"
            .formatted(refusal.line(), UntrustedText.rootCause(cause, MAX_REASON_LENGTH)));
  }
}
