package io.github.camelakeeba.watch;

import java.util.List;

/** The state of the triggers, the consumers of {@code triggers:} in sites.yaml. */
public interface TriggerStatusProvider {
  /** Failing: it accepts no requests now, such as while its broker is unavailable. */
  record TriggerState(String name, boolean failing) {}

  /** All, in the configuration's order. */
  List<TriggerState> triggers();
}
