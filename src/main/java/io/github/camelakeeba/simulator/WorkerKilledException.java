package io.github.camelakeeba.simulator;

/** The PHP worker died inside a step: there is no answer. */
final class WorkerKilledException extends RuntimeException {
  WorkerKilledException() {
    super("the worker was killed", null, false, false);
  }
}
