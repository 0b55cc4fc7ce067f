package io.github.camelakeeba.backup;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.BackupRequest.TakenBackup;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.store.RunRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * In which state a run ends, and what is written then. {@code direct:backup-outcome} ends runs; a
 * failed one can end without it ({@link #endFailed}), with the same decision, transaction and
 * writes.
 */
public final class RunCompletion {
  private final RunRepository store;
  private final OutcomeEvents events;
  private final RunListener listener;
  private final Function<String, Duration> overdueAfter;
  private final Clock clock;

  /** The function says how long a site may be without a good backup; null: for ever. */
  public RunCompletion(
      RunRepository store,
      OutcomeEvents events,
      RunListener listener,
      Function<String, Duration> overdueAfter,
      Clock clock) {
    this.store = store;
    this.events = events;
    this.listener = listener;
    this.overdueAfter = overdueAfter;
    this.clock = clock;
  }

  /** The run with its terminal state: failed for whatever reason, else warning, else completed. */
  public Run decideState(Run run) {
    RunState end =
        run.failure() != null
            ? RunState.FAILED
            : run.warnings().count() > 0 ? RunState.WARNING : RunState.COMPLETED;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // it may have begun on another node, whose clock goes ahead of ours
    boolean early = run.startedAt() != null && now.isBefore(run.startedAt());
    return run.ended(end, early ? run.startedAt() : now);
  }

  /** The transaction that ends the run in the body: its state and time stay if it is repeated. */
  public void inTransaction(Exchange exchange, Runnable steps) {
    end(
        exchange.getMessage().getBody(Run.class),
        run -> {
          exchange.getMessage().setBody(run);
          steps.run();
        });
  }

  /**
   * The site's health before this run; what the run makes of it is written. A good backup of
   * another client that was found so late that the next one is overdue ends nothing: then the
   * health that is given has nothing to recover from.
   */
  public SiteHealth recordSiteHealth(@Body Run run) {
    boolean late = run.taken() && run.failure() == null && isOverdueSince(run);
    SiteHealth before = store.siteEnded(run, late);
    return late ? before.withoutTrouble() : before;
  }

  private boolean isOverdueSince(Run run) {
    Duration after = overdueAfter.apply(run.site());
    return after != null && run.endedAt().plus(after).isBefore(clock.instant());
  }

  /** Writes the run's end and its event's outbox rows; throws {@link ClaimLostException}. */
  public void writeEnd(
      @Body Run run,
      @Variable("backup-event") Event event,
      @Variable("backup-site-health") SiteHealth before) {
    store.writeEnd(run, event);
    events.publish(event, before);
  }

  /**
   * Ends a run that has failed without the routes: they have failed with it, again and again
   * ({@link RunLauncher}), or a user stops one that nobody works on, which must end in the
   * transaction in which that was found out ({@link StopService}).
   */
  Run endFailed(Run failed) {
    return end(
        failed,
        run -> {
          SiteHealth before = recordSiteHealth(run);
          writeEnd(run, events.failed(run, null, before), before);
        });
  }

  /** The same as its row says. */
  Run endStopped(Run stored) {
    return endFailed(store.toSteadyTime(stored));
  }

  /** A good backup is as old as it is, whenever it was found. */
  private static Run withTimesOfBackup(Run ended) {
    TakenBackup taken = ended.request().taken();
    return taken == null || ended.failure() != null
        ? ended
        : ended.withTimes(taken.begunOrEnded(), taken.ended());
  }

  private Run end(Run run, Consumer<Run> write) {
    Run ended = withTimesOfBackup(store.toWallTime(decideState(run)));
    store.end(ended, () -> write.accept(ended));
    listener.ended(ended);
    return ended;
  }
}
