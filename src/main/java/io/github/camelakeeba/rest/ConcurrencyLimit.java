package io.github.camelakeeba.rest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Bounds the callers of the API that hold a thread of the web server. */
final class ConcurrencyLimit {
  private final Semaphore permits;

  ConcurrencyLimit(int max) {
    permits = new Semaphore(max);
  }

  /** Whether a permit was left; it is released when the exchange is done. */
  boolean tryAcquire(Exchange exchange) {
    if (!permits.tryAcquire()) {
      return false;
    }
    AtomicBoolean held = new AtomicBoolean(true);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                if (held.getAndSet(false)) {
                  permits.release();
                }
              }
            });
    return true;
  }
}
