package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;

/**
 * Is notified of requests and runs, once each, after the store has it. It neither waits nor throws.
 */
@Internal
public interface RunListener {
  RunListener NONE = new RunListener() {};

  /**
   * @param trigger schedule, event, api, command
   * @param made whether a run was made for it; else it joined one
   */
  default void accepted(String trigger, boolean made) {}

  default void refused(String trigger) {}

  default void claimed(Run run) {}

  default void ended(Run run) {}
}
