package io.github.camelakeeba.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Body;

/** Open while this process may begin something new: a run, or a run's next call. */
public final class RunGate {
  /**
   * A step goes out at most so long after the store has said that the run is ours. A process that
   * was paused for longer asks again: meanwhile another node may have taken the run over.
   */
  private static final Duration NOTE_HOLDS = Duration.ofSeconds(3);

  private final RunStore store;
  private final StopMark stops;
  private final Clock clock;
  private volatile boolean open = true;

  /** Runs that are set aside are noted in the store, and so is it that a user wants one stopped. */
  public RunGate(RunStore store, StopMark stops, Clock clock) {
    this.store = store;
    this.stops = stops;
    this.clock = clock;
  }

  /** Whether new work may begin. */
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
  public void heed(@Body Run run) {
    stops.heed(run);
  }

  /** The same, and {@link SetAsideException} when this process stops. */
  public void pass(@Body Run run) {
    if (run.phase() != RunPhase.STEP) { // which looks just before it is sent
      heed(run);
    }
    if (!open) {
      store.setAside(run);
      throw new SetAsideException(run.id());
    }
  }

  /**
   * Just before a step: the store holds the note that it is about to be sent. Throws {@link
   * LostRunException} when the run is not this node's any more, else what {@link #pass} throws.
   */
  public Run send(@Body Run run) {
    heed(run);
    pass(run);
    Gap gap = run.gap();
    // by the wall clock, which goes on while a machine sleeps; after a jump it is asked again
    Instant now = clock.instant();
    boolean noted =
        gap.sending() != null
            && !now.isBefore(gap.notedAt())
            && now.isBefore(gap.notedAt().plus(NOTE_HOLDS));
    return noted ? run : store.sending(run, "stepBackup");
  }
}
