package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.ServerText;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a consumer can't do: kept for the watch, which tells of it once, where Camel would tell of
 * it each time with a stack trace.
 */
final class Faults implements ExceptionHandler, PollingConsumerPollStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final int LONGEST_REASON = 300;

  private volatile String trouble;

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

  @Override
  public void handleException(String message, Exchange exchange, Throwable exception) {
    LOG.debug("{}: {}", message, ServerText.reason(exception, LONGEST_REASON));
  }
}
