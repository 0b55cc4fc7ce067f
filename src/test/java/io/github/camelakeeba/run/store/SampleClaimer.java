package io.github.camelakeeba.run.store;

import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;

/** Claims runs for one of several nodes, up to five at once. */
public final class SampleClaimer {
  private SampleClaimer() {}

  public static NodeHeartbeat heartbeat(Database database, String node) {
    return new NodeHeartbeat(database, node, Timings.SHIPPED, System::nanoTime);
  }

  public static RunClaimer of(Database database, String node, Clock clock) {
    RunRepository store = new RunRepository(database, new SteadyClock(Clock.systemUTC()));
    return of(database, node, new RunGuard(store, new StopRequests(database), clock), clock);
  }

  static RunClaimer of(Database database, String node, RunGuard guard, Clock clock) {
    heartbeat(database, node).beat();
    return new RunClaimer(
        database,
        () -> new Limits(5, 5, Duration.ZERO),
        node,
        ClaimPolicy.ALL,
        guard,
        new ActiveRuns(),
        RunListener.NONE,
        Timings.SHIPPED,
        clock);
  }
}
