package io.github.camelakeeba.demo;

/** The PHP worker died inside a step: there is no answer. */
final class WorkerKilled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorkerKilled() {
    super("the worker was killed", null, false, false);
  }
}
