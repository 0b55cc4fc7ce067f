package io.github.camelakeeba.simulator;

/** The PHP worker died inside a step: there is no answer. */
final class WorkerKilledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorkerKilledException() {
    super("the worker was killed", null, false, false);
  }
}
