package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.TransientStoreErrors;
import io.github.camelakeeba.trigger.message.InboundMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a message is rejected, and what the log and the dead letter get. */
public final class Rejections {
  private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
  private static final long UNPROVEN_LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);

  private final Map<String, Trigger> triggers;
  private final TriggerSupervisor supervisor;
  private final IsolatedExchanges exchanges;

  /** When an unproven call was last logged, by trigger and {@link System#nanoTime}. */
  private final ConcurrentMap<String, Long> lastLogged = new ConcurrentHashMap<>();

  public Rejections(
      Map<String, Trigger> triggers, TriggerSupervisor supervisor, IsolatedExchanges exchanges) {
    this.triggers = triggers;
    this.supervisor = supervisor;
    this.exchanges = exchanges;
  }

  /** Throws on what is no reason to reject: a store that is away, or an error of the JVM. */
  public Rejection toRejection(InboundMessage message, Exception thrown) throws Exception {
    JvmErrors.rethrowJvmError(thrown);
    if (TransientStoreErrors.isTransient(thrown)) {
      throw thrown;
    }
    RunRefusedException refused = ObjectHelper.getException(RunRefusedException.class, thrown);
    if (refused == null) {
      LOG.error("trigger {}: a message makes this program fail", message.trigger(), thrown);
    }
    return new Rejection(
        message,
        refused == null ? Reason.INTERNAL : refused.reason(),
        refused == null
            ? "this program failed; its log holds the details"
            : UntrustedText.asReason(refused.getMessage()),
        deadLetter(message.trigger()));
  }

  /** Null: there is none, or the trigger was taken out while it had this message. */
  private Secret deadLetter(String name) {
    Trigger trigger = triggers.get(name);
    return trigger == null ? null : trigger.deadLetter();
  }

  /** Throws {@link DeadLetterException} with one line: the endpoint's own often carries its URI. */
  public void sendDeadLetter(@Body Rejection rejection) {
    Map<String, Object> headers =
        Map.of(
            "backup_trigger", rejection.message().trigger(),
            "backup_reason", rejection.reason(),
            "backup_message", rejection.message().name());
    try {
      exchanges.deliver(rejection.deadLetter(), body(rejection.message().body()), headers);
    } catch (Exception e) {
      JvmErrors.rethrowJvmError(e);
      throw new DeadLetterException(
          "%s; its dead letter does not accept it: %s"
              .formatted(rejection.line(), UntrustedText.rootCause(e)));
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

  /** A call over HTTP; an unproven one is logged once a minute, else anybody could fill the log. */
  public void recordRejection(
      @Variable("backup-inbound-message") InboundMessage message,
      @ExchangeException Throwable cause) {
    supervisor.countRejected(message.trigger());
    RunRefusedException refused = ObjectHelper.getException(RunRefusedException.class, cause);
    if (refused != null && (refused.reason() != Reason.UNPROVEN || isLogDue(message.trigger()))) {
      LOG.warn(
          "trigger {}: refused a call: {}",
          message.trigger(),
          UntrustedText.asReason(refused.getMessage()));
    }
  }

  private boolean isLogDue(String trigger) {
    long now = System.nanoTime();
    Long last = lastLogged.putIfAbsent(trigger, now);
    return last == null
        || now - last > UNPROVEN_LOG_INTERVAL && lastLogged.replace(trigger, last, now);
  }
}
