package io.github.camelakeeba.store;

import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Repeats a write that the store rejects until it succeeds, or until this process stops. */
final class StoreRetry {
  private static final int MAX_RETRIES_PER_ROUND = 50; // the template keeps all exceptions

  private final StoreAvailability availability;
  private final RetryTemplate template;
  private volatile boolean stopping;

  StoreRetry(StoreAvailability availability) {
    this.availability = availability;
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

  /** From here on each write is attempted once. */
  void stop() {
    stopping = true;
  }

  /**
   * The result of the work, which may be done several times; inside a transaction once, since the
   * transaction is repeated as a whole. Throws {@link StoreUnavailableException} when this process
   * stops, and at once what is no transient error of the store.
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
      availability.recordFailure(e);
    }
    availability.writeWaiting();
    try {
      return retry(work);
    } finally {
      availability.writeDone();
    }
  }

  private <T> T retry(Supplier<T> work) {
    while (true) {
      try {
        return template.execute(work::get);
      } catch (RetryException e) {
        Throwable last = e.getLastException();
        if (last instanceof RuntimeException permanent && !TransientStoreErrors.isTransient(last)) {
          throw permanent;
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
