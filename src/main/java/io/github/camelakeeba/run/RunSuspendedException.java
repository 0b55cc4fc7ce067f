package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;

/** The run was set aside between two steps, because this process stops; the next one goes on. */
@Internal
public class RunSuspendedException extends RuntimeException {
  public RunSuspendedException(String run) {
    super("run " + run + " is suspended; the next start continues it");
  }
}
