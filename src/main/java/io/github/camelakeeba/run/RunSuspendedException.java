package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;

/** The run was suspended between two calls, since this process stops; the next continues it. */
@Internal
public class RunSuspendedException extends RuntimeException {
  public RunSuspendedException(String run) {
    super("run " + run + " is suspended; the next start continues it");
  }
}
