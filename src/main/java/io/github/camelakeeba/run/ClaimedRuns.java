package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.ErrorKind;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins each claimed run on a thread and an exchange of its own. What the routes leave without an
 * end is ended here, the third time.
 */
public final class ClaimedRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimedRuns.class);
  private static final String ROUTE = "direct:backup-run";

  /** So often a run is tried whose routes fail, before it ends without them. */
  private static final int MOST_INTERNAL_FAILURES = 3;

  private final FreshExchanges exchanges;
  private final ExecutorService threads;
  private final RunsAtWork atWork;
  private final RunLog log;
  private final RunGate gate;
  private final RunStore store;
  private final Outcomes outcomes;

  /** The threads are one a run. */
  public ClaimedRuns(
      FreshExchanges exchanges,
      ExecutorService threads,
      RunsAtWork atWork,
      RunLog log,
      RunGate gate,
      RunStore store,
      Outcomes outcomes) {
    this.exchanges = exchanges;
    this.threads = threads;
    this.atWork = atWork;
    this.log = log;
    this.gate = gate;
    this.store = store;
    this.outcomes = outcomes;
  }

  /** Work on the run begins, and goes on by itself. */
  public void begin(@Body Run run) {
    threads.execute(() -> log.about(run, () -> work(run)));
  }

  private void work(Run run) {
    try {
      if (run.retries().internal() < MOST_INTERNAL_FAILURES) {
        ended(run, exchanges.send(ROUTE, store.inHand(run)));
      } else {
        end(store.inHand(run)); // this process, or the one before, could not write it
      }
    } catch (LostRunException e) {
      LOG.warn(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the run could not be left in good order; it is claimed again", e);
    } finally {
      atWork.end(run);
    }
  }

  /** The routes are through with it. Where its row says that it goes on here, they have failed. */
  private void ended(Run run, Exchange done) {
    Throwable caught = done.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (gate.closed() || StoreTrouble.is(done.getException()) || StoreTrouble.is(caught)) {
      return; // it goes on from its last checkpoint
    }
    store
        .failedHere(run)
        .ifPresent(
            left -> {
              String why =
                  done.getException() == null
                      ? "its routes ended without an end of the run"
                      : done.getException().getClass().getSimpleName();
              int failures = left.retries().internal();
              LOG.error(
                  "the run was left without an end ({} of {}): {}",
                  failures,
                  MOST_INTERNAL_FAILURES,
                  why,
                  done.getException());
              if (failures >= MOST_INTERNAL_FAILURES) {
                end(left);
              }
            });
  }

  /** Not by the routes, which could not do it. */
  private void end(Run run) {
    Failure why =
        new Failure(
            ErrorKind.INTERNAL,
            ("This program failed %s times while it worked on this backup, and has given it up."
                    + " The log holds the details. If a file in routes/ was changed, look there"
                    + " first; else please report it.")
                .formatted(run.retries().internal()));
    LOG.error("failed (internal): {}", why.message());
    outcomes.fail(run.failed(why));
  }
}
