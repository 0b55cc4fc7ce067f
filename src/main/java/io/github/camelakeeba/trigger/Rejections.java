package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.TransientStoreErrors;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a message is not taken, and what the dead letter gets. */
public final class Rejections {
  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

  private final Map<String, Trigger> triggers;
  private final IsolatedExchanges exchanges;

  public Rejections(Map<String, Trigger> triggers, IsolatedExchanges exchanges) {
    this.triggers = triggers;
    this.exchanges = exchanges;
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
            : UntrustedText.asReason(refused.getMessage()),
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

  /**
   * Hands the message to the trigger's dead letter: the body as it came, and why it is there.
   * Throws {@link DeadLetterException} with a reason of one line: the endpoint's own exception
   * often carries its URI.
   */
  public void sendDeadLetter(@Variable("backup-rejection") Rejection refusal) {
    Map<String, Object> headers =
        Map.of(
            "backup_trigger", refusal.message().trigger(),
            "backup_reason", refusal.reason(),
            "backup_message", refusal.message().name());
    try {
      exchanges.deliver(refusal.deadLetter(), body(refusal.message().body()), headers);
    } catch (Exception e) {
      JvmErrors.rethrowJvmError(e);
      throw new DeadLetterException(
          "%s; its dead letter does not accept it: %s"
              .formatted(refusal.line(), UntrustedText.rootCause(e)));
    }
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
}
