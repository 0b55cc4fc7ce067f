package io.github.camelakeeba.trigger;

import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.TransientStoreErrors;
import io.github.camelakeeba.trigger.message.OptionalComponents;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer's errors, which {@link TriggerSupervisor} reports once, not with each stack trace. */
final class ConsumerErrors implements ExceptionHandler, PollingConsumerPollStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerErrors.class);

  /** The same reason is logged again: tomorrow it may cost another message. */
  private static final long REPEAT_INTERVAL = TimeUnit.MINUTES.toNanos(1);

  private final String trigger;
  private final LongSupplier nanoTime;
  private volatile String problem;
  private volatile String lastLogged;
  private volatile long lastLoggedAt;

  ConsumerErrors(String trigger) {
    this(trigger, System::nanoTime);
  }

  ConsumerErrors(String trigger, LongSupplier nanoTime) {
    this.trigger = trigger;
    this.nanoTime = nanoTime;
  }

  String problem() {
    return problem;
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polled) {
    problem = null;
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
    problem = UntrustedText.rootCause(cause);
    return false;
  }

  @Override
  public void handleException(Throwable exception) {
    handleException(null, null, exception);
  }

  @Override
  public void handleException(String message, Throwable exception) {
    handleException(message, null, exception);
  }

  /** What this program has thrown itself is logged elsewhere. */
  @Override
  public void handleException(String message, Exchange exchange, Throwable exception) {
    String reason = UntrustedText.rootCause(exception);
    boolean ours =
        exception instanceof RejectedFileException
            || exception instanceof DeadLetterException
            || exception instanceof MoveFailedPolicy.FileStaysException
            || exception instanceof RejectedExecutionException
            || OptionalComponents.KAFKA
                && (exception instanceof WakeupException // how Kafka's consumer is stopped
                    || exception instanceof InterruptException)
            || TransientStoreErrors.isTransient(exception);
    if (!ours
        && (!reason.equals(lastLogged) || nanoTime.getAsLong() - lastLoggedAt >= REPEAT_INTERVAL)) {
      LOG.warn("trigger {}: {}", trigger, reason);
      lastLogged = reason;
      lastLoggedAt = nanoTime.getAsLong();
    }
  }
}
