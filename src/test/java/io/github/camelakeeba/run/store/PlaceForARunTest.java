package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.SitesInFlight;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who asks for a backup asks for a claim only where that may find something. */
class PlaceForARunTest {
  private final ActiveRuns active =
      new ActiveRuns(new SitesInFlight(Map.of()), site -> site.replaceAll("[02468]$", "even"));
  private Limits limits = new Limits(3, 1, Duration.ZERO);

  @Test
  void there_is_none_while_the_host_or_the_process_is_full_and_there_is_one_once_a_run_has_ended() {
    try (Database database = Database.memory("place-" + UUID.randomUUID(), 4)) {
      SampleRuns.queue(database, 3, 3);
      RunQueries runs = new RunQueries(database);
      RunClaimer claimer = claimer(database);
      Run odd = runs.find("run-00001").orElseThrow();
      Run even = runs.find("run-00002").orElseThrow();
      assertThat(List.of(odd, even)).allMatch(claimer::hasPlaceFor);

      database.jdbc().update("update run set state = 'completed' where id <> 'run-00000'");
      List<Run> claimed = claimer.claimBatch();

      assertThat(claimed).extracting(Run::site).containsExactly("site-0");
      assertThat(claimer.hasPlaceFor(even)).as("its host is full").isFalse();
      assertThat(claimer.hasPlaceFor(odd)).isTrue();
      limits = new Limits(3, 2, Duration.ZERO);
      assertThat(claimer.hasPlaceFor(even)).isTrue();
      limits = new Limits(1, 2, Duration.ZERO);
      assertThat(claimer.hasPlaceFor(odd)).as("the process is full").isFalse();
      limits = new Limits(1, 1, Duration.ZERO);

      active.end(claimed.get(0));
      active.end(claimed.get(0)); // as who ends it early does

      assertThat(List.of(odd, even)).allMatch(claimer::hasPlaceFor);
    }
  }

  private RunClaimer claimer(Database database) {
    SampleClaimer.heartbeat(database, "me").beat();
    RunRepository store = new RunRepository(database, new SteadyClock(Clock.systemUTC()));
    return new RunClaimer(
        database,
        () -> limits,
        "me",
        ClaimPolicy.ALL,
        new RunGuard(store, new StopRequests(database), Clock.systemUTC()),
        active,
        RunListener.NONE,
        Timings.SHIPPED,
        Clock.systemUTC());
  }
}
