package io.github.camelakeeba.chaos;

import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * The faults that one backup meets.
 *
 * @param seed makes the same faults again
 * @param blows none to six
 */
record FaultSequence(long seed, List<InjectedFault> blows) {
  /** Calls of stepBackup: 1 and 2 for the installer, 3 and 4 the dump, 5 and 6 files, 7 to 9. */
  static final int STEPS = 9;

  /** How the names of the blows begin that destroy the backup, or end it. */
  static final String SOMEBODYS_START = "somebody else's start";

  static final String ERROR = "an error in step ";

  static FaultSequence of(long seed) {
    return new FaultSequence(seed, new FaultGenerator(new Random(seed)).some());
  }

  /** The best that can come of it. */
  ExpectedRecovery rescue() {
    return blows.stream()
        .map(InjectedFault::rescue)
        .reduce(ExpectedRecovery.SAME, ExpectedRecovery::and);
  }

  /** Whether somebody else's start ends the backup, or destroys its archive. */
  boolean displaced() {
    return blows.stream().anyMatch(blow -> blow.name().startsWith(SOMEBODYS_START));
  }

  /** Whether a step ends with an error of the site. */
  boolean error() {
    return blows.stream().anyMatch(blow -> blow.name().startsWith(ERROR));
  }

  /** The site as this sequence wants it; nothing is left of the one before. */
  void prepare(SimulatedSite site, String secret) {
    site.clearFaults().secret(secret).failAt(-1, null).warnings(1).sleepTime(0).steps(STEPS);
    for (int step = 0; step <= STEPS; step++) {
      site.stepTime(step, Duration.ofMillis(20L * step));
    }
    blows.forEach(blow -> blow.strike().accept(site));
  }

  @Override
  public String toString() {
    return "seed " + seed + " " + blows;
  }
}
