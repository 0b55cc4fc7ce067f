package io.github.camelakeeba.proof;

import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins each claimed restore test on a thread and an exchange of its own. */
public final class ProofLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(ProofLauncher.class);

  private final IsolatedExchanges exchanges;
  private final ExecutorService threads;
  private final ProofQueue queue;

  public ProofLauncher(IsolatedExchanges exchanges, ExecutorService threads, ProofQueue queue) {
    this.exchanges = exchanges;
    this.threads = threads;
    this.queue = queue;
  }

  /** Begins the test, and returns at once. */
  public void launch(@Body ClaimedProof claimed) {
    threads.execute(() -> make(claimed));
  }

  private void make(ClaimedProof claimed) {
    try {
      Exception failure = exchanges.send("direct:backup-prove", claimed).getException();
      if (failure instanceof ProofAbandonedException) {
        LOG.info(failure.getMessage());
        queue.release(claimed);
      } else if (failure != null && !TransientStoreErrors.isTransient(failure)) {
        LOG.error(
            "the restore test of {} was left without an end; it is begun again",
            claimed.site(),
            failure);
      }
    } catch (RuntimeException e) {
      LOG.warn("the restore test of {} could not be left in good order", claimed.site(), e);
    } finally {
      queue.end(claimed);
    }
  }
}
