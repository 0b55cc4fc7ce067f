package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.ServerText;
import io.github.camelakeeba.run.StoreTrouble;
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

/**
 * What a consumer can't do: kept for the watch, which tells of it once, where Camel would tell of
 * it each time with a stack trace.
 */
final class Faults implements ExceptionHandler, PollingConsumerPollStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final int LONGEST_REASON = 300;

  /** The same reason once a minute: tomorrow it may cost another message. */
  private static final long TOLD_AGAIN = TimeUnit.MINUTES.toNanos(1);

  private final String trigger;
  private final LongSupplier nanoTime;
  private volatile String trouble;
  private volatile String told;
  private volatile long toldAt;

  Faults(String trigger) {
    this(trigger, System::nanoTime);
  }

  Faults(String trigger, LongSupplier nanoTime) {
    this.trigger = trigger;
    this.nanoTime = nanoTime;
  }

  /** Why the last poll failed, or null: it did not. */
  String trouble() {
    return trouble;
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polled) {
    trouble = null;
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
    trouble = ServerText.reason(cause, LONGEST_REASON);
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

  /** What this program has thrown itself is told elsewhere. */
  @Override
  public void handleException(String message, Exchange exchange, Throwable exception) {
    String reason = ServerText.reason(exception, LONGEST_REASON);
    boolean ours =
        exception instanceof RefusedFileException
            || exception instanceof DeadLetterException
            || exception instanceof RefusedOnly.StaysException
            || exception instanceof RejectedExecutionException
            || Components.KAFKA
                && (exception instanceof WakeupException // how Kafka's consumer is told to stop
                    || exception instanceof InterruptException)
            || StoreTrouble.is(exception);
    if (!ours && (!reason.equals(told) || nanoTime.getAsLong() - toldAt >= TOLD_AGAIN)) {
      LOG.warn("trigger {}: {}", trigger, reason);
      told = reason;
      toldAt = nanoTime.getAsLong();
    }
  }
}
