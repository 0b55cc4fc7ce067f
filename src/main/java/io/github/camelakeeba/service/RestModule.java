package io.github.camelakeeba.service;

import io.github.camelakeeba.backup.RunCompletion;
import io.github.camelakeeba.backup.StopService;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.OpenApiDocument;
import io.github.camelakeeba.rest.RunEventStreams;
import io.github.camelakeeba.rest.RunResource;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.watch.StatusQueries;
import java.time.Clock;
import org.apache.camel.spi.Registry;

/** What the routes of the HTTP API ask. */
final class RestModule {
  private final BackupResource api;
  private final StopService stopService;
  private final RunResource runsApi;
  private final RunEventStreams streams;

  RestModule(
      Configuration configuration,
      Database database,
      StatusQueries status,
      RunQueries runs,
      RunGuard gate,
      RunCompletion outcomes,
      String owner,
      Timings timings,
      Clock clock) {
    api = new BackupResource(status, runs);
    stopService = new StopService(database, outcomes, owner, clock);
    runsApi = new RunResource(configuration.sites().keySet(), runs, stopService);
    streams = new RunEventStreams(runs, gate, timings);
  }

  /** What the routes answer with. */
  BackupResource api() {
    return api;
  }

  /** Who stops runs. */
  StopService stopService() {
    return stopService;
  }

  void bind(Registry registry) {
    registry.bind("backup-api", api);
    registry.bind("backup-run-resource", runsApi);
    registry.bind("backup-run-event-streams", streams);
    registry.bind("backup-api-document", new OpenApiDocument());
  }
}
