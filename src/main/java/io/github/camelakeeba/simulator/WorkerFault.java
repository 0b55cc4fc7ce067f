package io.github.camelakeeba.simulator;

/**
 * A fault of the worker in one step.
 *
 * @param inside called while the worker is inside: may block
 * @param killsWorker whether the worker dies at work; {@code instep} then stays 1
 * @param killsBeforeSaving whether it dies after {@code instep} went to 0, before the state was
 *     saved
 * @param phpError the message with which PHP ends the work, with {@code instep} left at 1; or null
 */
record WorkerFault(
    Runnable inside, boolean killsWorker, boolean killsBeforeSaving, String phpError) {
  static final WorkerFault NONE = new WorkerFault(() -> {}, false, false, null);
}
