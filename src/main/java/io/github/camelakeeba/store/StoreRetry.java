package io.github.camelakeeba.store;

import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Repeats what the store does not accept until it does, or until this process stops. */
final class StoreRetry {
  /** The template keeps what was thrown; a new one begins before that is much. */
  private static final int MAX_RETRIES_PER_ROUND = 50;

  private final StoreAvailability watch;
  private final RetryTemplate template;
  private volatile boolean stopping;

  StoreRetry(StoreAvailability watch) {
    this.watch = watch;
    template =
        new RetryTemplate(
            RetryPolicy.builder()
                .delay(Duration.ofMillis(500))
                .jitter(Duration.ofMillis(100))
                .multiplier(2)
                .maxDelay(Duration.ofSeconds(5))
                .maxRetries(MAX_RETRIES_PER_ROUND)
                .predicate(thrown -> TransientStoreErrors.isTransient(thrown) && !stopping)
                .build());
  }

  /** From here on one attempt must do. */
  void stop() {
    stopping = true;
  }

  /**
   * The result of the work, which may be done several times. Inside a transaction it is done once:
   * the transaction as a whole is what is repeated. Throws {@link StoreUnavailableException} when
   * this process stops, and at once what is not the store's fault.
   */
  <T> T execute(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (!TransientStoreErrors.isTransient(e)) {
        throw e;
      }
      watch.recordFailure(e);
    }
    watch.writeWaiting();
    try {
      return retry(work);
    } finally {
      watch.writeDone();
    }
  }

  private <T> T retry(Supplier<T> work) {
    while (true) {
      try {
        return template.execute(work::get);
      } catch (RetryException e) {
        Throwable last = e.getLastException();
        if (last instanceof RuntimeException fault && !TransientStoreErrors.isTransient(last)) {
          throw fault;
        }
        if (last instanceof Error error) {
          throw error;
        }
        if (stopping || Thread.currentThread().isInterrupted()) {
          throw new StoreUnavailableException(last);
        }
      }
    }
  }
}
