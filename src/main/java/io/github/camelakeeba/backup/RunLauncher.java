package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.logging.RunLoggingContext;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.store.ActiveRuns;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins each claimed run on its own thread; ends it itself once its routes have failed thrice. */
public final class RunLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(RunLauncher.class);
  private static final int MAX_INTERNAL_FAILURES = 3; // then it ends without its routes

  private final IsolatedExchanges exchanges;
  private final ExecutorService threads;
  private final ActiveRuns activeRuns;
  private final RunLoggingContext log;
  private final RunGuard guard;
  private final RunRepository store;
  private final RunCompletion completion;

  public RunLauncher(
      IsolatedExchanges exchanges,
      ExecutorService threads,
      ActiveRuns activeRuns,
      RunLoggingContext log,
      RunGuard guard,
      RunRepository store,
      RunCompletion completion) {
    this.exchanges = exchanges;
    this.threads = threads;
    this.activeRuns = activeRuns;
    this.log = log;
    this.guard = guard;
    this.store = store;
    this.completion = completion;
  }

  /** Begins the run, and returns at once. */
  public void launch(@Body Run run) {
    threads.execute(() -> log.setRun(run, () -> execute(run)));
  }

  private void execute(Run run) {
    try {
      noteClaim(run);
      if (run.retries().internal() < MAX_INTERNAL_FAILURES) {
        afterRoutes(run, exchanges.send("direct:backup-run", store.toSteadyTime(run)));
      } else {
        failRun(store.toSteadyTime(run)); // this process, or the one before, could not write it
      }
    } catch (ClaimLostException e) {
      LOG.warn(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the run could not be left in good order; it is claimed again", e);
    } finally {
      activeRuns.end(run);
      store.release(run);
    }
  }

  private void noteClaim(Run run) {
    String node = run.owner().replaceFirst("(/[0-9a-f]{8})-[0-9a-f-]{27}$", "$1");
    int lost = run.journal().lostResponses();
    if (run.claim() == 1) {
      store.note(run, "claimed", "Claimed by node " + node);
    } else if (run.attempts() == 0) {
      store.note(run, "continued", "Continued by node " + node + ", before its first start");
    } else {
      store.note(
          run,
          "continued",
          "Continued by node %s after step %s%s"
              .formatted(
                  node,
                  run.backup().steps(),
                  lost == 0 ? "" : "; calls whose answers never came: " + lost));
    }
  }

  /**
   * The routes are through with it: what waits for its place, or its site, may begin at once. Where
   * its row says that it is still running here, they have failed.
   */
  private void afterRoutes(Run run, Exchange done) {
    Throwable caught = done.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (guard.closed()
        || TransientStoreErrors.isTransient(done.getException())
        || TransientStoreErrors.isTransient(caught)) {
      return; // it goes on from its last checkpoint
    }
    store.note(run, "internal-failure", "This program failed while it worked on the run");
    store
        .recordInternalFailure(run)
        .ifPresentOrElse(
            left -> {
              String why =
                  done.getException() == null
                      ? "its routes ended without an end of the run"
                      : done.getException().getClass().getSimpleName();
              int failures = left.retries().internal();
              LOG.error(
                  "the run was left without an end ({} of {}): {}",
                  failures,
                  MAX_INTERNAL_FAILURES,
                  why,
                  done.getException());
              if (failures >= MAX_INTERNAL_FAILURES) {
                failRun(left);
              }
            },
            () -> {
              activeRuns.end(run); // its place is free when the claim counts
              exchanges.requestClaim();
            });
  }

  private void failRun(Run run) {
    RunFailure why =
        new RunFailure(
            ErrorKind.INTERNAL,
            ("This program failed %s times while it worked on this backup, and has given it up."
                    + " The log holds the details. If a file in routes/ was changed, look there"
                    + " first; else please report it.")
                .formatted(run.retries().internal()));
    LOG.error("failed (internal): {}", why.message());
    completion.endFailed(run.failed(why));
  }
}
