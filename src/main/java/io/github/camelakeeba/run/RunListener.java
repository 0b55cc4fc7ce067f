package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;

/** Is notified of requests and runs, once each, after the store has it; never waits nor throws. */
@Internal
public interface RunListener {
  RunListener NONE = new RunListener() {};

  /** A request by schedule, event, api or command; made: whether a run was made for it. */
  default void accepted(String trigger, boolean made) {}

  default void refused(String trigger) {}

  default void claimed(Run run) {}

  default void ended(Run run) {}
}
