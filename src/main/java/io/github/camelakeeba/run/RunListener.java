package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import java.util.List;

/** Is notified of requests and runs, once each, after the store has it; never waits nor throws. */
@Internal
public interface RunListener {
  RunListener NONE = new RunListener() {};

  /** A request by schedule, event, api or command; made: whether a run was made for it. */
  default void accepted(String trigger, boolean made) {}

  default void refused(String trigger) {}

  default void claimed(Run run) {}

  default void ended(Run run) {}

  /** Several, in their order. */
  record All(List<RunListener> listeners) implements RunListener {
    @Override
    public void accepted(String trigger, boolean made) {
      listeners.forEach(one -> one.accepted(trigger, made));
    }

    @Override
    public void refused(String trigger) {
      listeners.forEach(one -> one.refused(trigger));
    }

    @Override
    public void claimed(Run run) {
      listeners.forEach(one -> one.claimed(run));
    }

    @Override
    public void ended(Run run) {
      listeners.forEach(one -> one.ended(run));
    }
  }
}
