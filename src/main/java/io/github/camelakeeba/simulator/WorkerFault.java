package io.github.camelakeeba.simulator;

/**
 * What befalls the worker in one step.
 *
 * @param inside called while the worker is inside: may block
 * @param killsWorker whether the worker dies at work; {@code instep} then stays 1
 * @param killsBeforeSaving whether it dies after {@code instep} went to 0, before the state was
 *     saved
 * @param words what PHP says when it breaks off at work, with {@code instep} left at 1; null: it
 *     does not
 */
record WorkerFault(Runnable inside, boolean killsWorker, boolean killsBeforeSaving, String words) {
  /** Nothing does. */
  static final WorkerFault NONE = new WorkerFault(() -> {}, false, false, null);
}
