package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.ServerText;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.StoreTrouble;
import io.github.camelakeeba.site.Trigger;
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
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final int LONGEST_REASON = 500;

  private final Map<String, Trigger> triggers;

  /** For these triggers, by name. */
  public Refusals(Map<String, Trigger> triggers) {
    this.triggers = triggers;
  }

  /**
   * What is refused and why; what went wrong here is told in the log only. A store that is away is
   * no reason to refuse anything: its exception is thrown on, and the message held.
   */
  public Refusal of(Arrival arrival, Exception thrown) throws Exception {
    if (StoreTrouble.is(thrown)) {
      throw thrown;
    }
    RunRefusedException refused = refused(thrown);
    if (refused == null) {
      LOG.error("trigger {}: a message makes this program fail", arrival.trigger(), thrown);
    }
    return new Refusal(
        arrival,
        refused == null ? Reason.INTERNAL : refused.reason(),
        refused == null
            ? "this program failed; its log holds the details"
            : ServerText.oneLine(refused.getMessage(), LONGEST_REASON),
        triggers.get(arrival.trigger()).deadLetter());
  }

  private static RunRefusedException refused(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof RunRefusedException refused) {
        return refused;
      }
    }
    return null;
  }

  /** Makes the exchange the dead letter: the body as it came, and why it is there. */
  public void address(@Variable("backup-refusal") Refusal refusal, Exchange exchange) {
    Map<String, Object> headers = exchange.getMessage().getHeaders();
    headers.clear();
    headers.put("backup_trigger", refusal.arrival().trigger());
    headers.put("backup_reason", refusal.reason());
    headers.put("backup_message", refusal.arrival().name());
    exchange.getMessage().setBody(body(refusal.arrival().body()));
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
  public void undelivered(
      @Variable("backup-refusal") Refusal refusal, @ExchangeException Throwable cause) {
    throw new DeadLetterException(
        "%s; its dead letter does not take it: %s"
            .formatted(refusal.line(), ServerText.reason(cause, LONGEST_REASON)));
  }
}
