package io.github.camelakeeba.chaos;

import io.github.camelakeeba.simulator.SimulatedSite;
import java.util.function.Consumer;

/**
 * One fault of a site.
 *
 * @param name what happens, and to which call
 * @param rescue what may be expected of a run that it meets
 * @param strike sets it, before the run is asked for
 */
record InjectedFault(String name, ExpectedRecovery rescue, Consumer<SimulatedSite> strike) {
  @Override
  public String toString() {
    return name;
  }
}
