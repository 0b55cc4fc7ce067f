package io.github.camelakeeba.cli;

import io.github.camelakeeba.run.Api;
import io.github.camelakeeba.run.ApiDocument;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.run.Outcomes;
import io.github.camelakeeba.run.RunGate;
import io.github.camelakeeba.run.RunStreams;
import io.github.camelakeeba.run.Runs;
import io.github.camelakeeba.run.RunsApi;
import io.github.camelakeeba.run.Status;
import io.github.camelakeeba.run.SteadyClock;
import io.github.camelakeeba.run.StopDesk;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Timings;
import java.time.Clock;
import org.apache.camel.spi.Registry;

/** What the routes of the HTTP API ask. */
final class ApiBeans {
  private final Api api;
  private final StopDesk stops;
  private final RunsApi runsApi;
  private final RunStreams streams;

  ApiBeans(
      Configuration configuration,
      Database database,
      Status status,
      Runs runs,
      RunGate gate,
      Outcomes outcomes,
      String owner,
      Timings timings,
      Clock clock) {
    api = new Api(status, runs, gate, new SteadyClock(clock));
    stops = new StopDesk(database, outcomes, owner, clock);
    runsApi = new RunsApi(configuration.sites().keySet(), runs, stops);
    streams = new RunStreams(runs, gate, timings);
  }

  /** What the routes answer with. */
  Api api() {
    return api;
  }

  /** Who stops runs. */
  StopDesk stops() {
    return stops;
  }

  void bind(Registry registry) {
    registry.bind("backup-api", api);
    registry.bind("backup-runs-api", runsApi);
    registry.bind("backup-run-streams", streams);
    registry.bind("backup-api-document", new ApiDocument());
  }
}
