package io.github.camelakeeba.rest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Callers of the API that stay: each holds a thread of the web server, so only so many may. */
final class ConcurrencyLimit {
  private final Semaphore permits;

  ConcurrencyLimit(int most) {
    permits = new Semaphore(most);
  }

  /** Whether there was one left; it is given back when the exchange is done. */
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
