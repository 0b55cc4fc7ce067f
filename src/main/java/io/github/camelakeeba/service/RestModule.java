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
  static final String API = "backup-api"; // answers requests for backups
  static final String RUN_RESOURCE = "backup-run-resource"; // answers what is asked of runs
  static final String RUN_EVENT_STREAMS = "backup-run-event-streams"; // how runs go, as they go
  static final String API_DOCUMENT = "backup-api-document"; // the OpenAPI document

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

  BackupResource api() {
    return api;
  }

  StopService stopService() {
    return stopService;
  }

  void bind(Registry registry) {
    registry.bind(API, api);
    registry.bind(RUN_RESOURCE, runsApi);
    registry.bind(RUN_EVENT_STREAMS, streams);
    registry.bind(API_DOCUMENT, new OpenApiDocument());
  }
}
