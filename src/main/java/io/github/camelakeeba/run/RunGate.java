package io.github.camelakeeba.run;

import org.apache.camel.Body;

/** Open while this process may begin something new: a run, or a run's next step. */
public final class RunGate {
  private final RunStore store;
  private volatile boolean open = true;

  /** Runs that are set aside are noted in the store. */
  public RunGate(RunStore store) {
    this.store = store;
  }

  /** Whether new work may begin. */
  public boolean open() {
    return open;
  }

  /** From here on nothing new begins; a call in flight is awaited. */
  public void close() {
    open = false;
  }

  /** Before a step: throws {@link SetAsideException} when this process stops. */
  public void pass(@Body Run run) {
    if (!open) {
      store.setAside(run);
      throw new SetAsideException(run.id());
    }
  }
}
