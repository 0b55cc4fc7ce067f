package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.CallJournal;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunPhase;
import io.github.camelakeeba.run.RunSuspendedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Body;

/** Open while this process may begin a run, or a run's next call. */
public final class RunGuard {
  /**
   * A step is sent at most so long after the store has confirmed that the run is ours. A process
   * that was paused for longer confirms it again: another node may have claimed the run meanwhile.
   */
  private static final Duration MAX_CHECKPOINT_AGE = Duration.ofSeconds(3);

  private final RunRepository store;
  private final StopRequests stops;
  private final Clock clock;
  private volatile boolean open = true;

  public RunGuard(RunRepository store, StopRequests stops, Clock clock) {
    this.store = store;
    this.stops = stops;
    this.clock = clock;
  }

  public boolean open() {
    return open;
  }

  /** Whether this process stops: what fails now is no failure of the run. */
  public boolean closed() {
    return !open;
  }

  /** From here on nothing new begins; a call in flight is awaited. */
  public void close() {
    open = false;
  }

  /** Before a call: throws {@code stopped} when a user has asked for that. */
  public void checkNotStopped(@Body Run run) {
    stops.checkNotStopped(run);
  }

  /** The same, and {@link RunSuspendedException} when this process stops. */
  public void checkMayContinue(@Body Run run) {
    if (run.phase() != RunPhase.STEP) { // which checks just before it is sent
      checkNotStopped(run);
    }
    if (!open) {
      store.note(run, "suspended", "The process stops; the run waits for the next one");
      store.postpone(run, run.request().dueAt()); // the next claim continues it
      throw new RunSuspendedException(run.id());
    }
  }

  /**
   * Just before a step: the store holds the note that it is about to be sent. Throws what {@link
   * #checkMayContinue} and {@link RunRepository#recordStepCall} throw: that a user has asked for a
   * stop is seen by the statement that writes the note, here or in the checkpoint before.
   */
  public Run checkStillOwner(@Body Run run) {
    checkMayContinue(run);
    CallJournal journal = run.journal();
    // by the wall clock, which continues while a machine sleeps; after a jump it is confirmed again
    Instant now = clock.instant();
    boolean noted =
        journal.inFlight() != null
            && !now.isBefore(journal.notedAt())
            && now.isBefore(journal.notedAt().plus(MAX_CHECKPOINT_AGE));
    return noted ? run : store.recordStepCall(run);
  }
}
