package io.github.camelakeeba.watch;

import java.time.Instant;
import java.util.List;

/** The state of the triggers, the consumers of {@code triggers:} in sites.yaml. */
public interface TriggerStatusProvider {
  /**
   * A trigger.
   *
   * @param since since when it accepts no requests, such as while its broker is unavailable; null:
   *     it does
   * @param reason why, in a line, which may name an address; or null
   */
  record TriggerState(String name, Instant since, String reason) {
    public boolean failing() {
      return since != null;
    }
  }

  /** All, in the configuration's order. */
  List<TriggerState> triggers();
}
