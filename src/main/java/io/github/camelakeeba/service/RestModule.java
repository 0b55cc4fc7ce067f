package io.github.camelakeeba.service;

import io.github.camelakeeba.backup.RunCompletion;
import io.github.camelakeeba.backup.StopService;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.health.HealthReport;
import io.github.camelakeeba.observe.BackupMetrics;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.rest.ApiOperations;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.OpenApiDocument;
import io.github.camelakeeba.rest.OutboxAdmin;
import io.github.camelakeeba.rest.OutboxResource;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.rest.RunEventStreams;
import io.github.camelakeeba.rest.RunResource;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.watch.StatusQueries;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;

/** What the routes of the HTTP API ask. */
final class RestModule {
  static final String API = "backup-api"; // answers requests for backups
  static final String API_OPERATIONS = "backup-api-operations"; // answers by operation id

  private final BackupResource api;
  private final StopService stopService;
  private final RunResource runsApi;
  private final RunEventStreams events;

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
    events = new RunEventStreams(runs, gate, timings);
  }

  BackupResource api() {
    return api;
  }

  StopService stopService() {
    return stopService;
  }

  void bind(Registry registry, OutboxAdmin outboxAdmin, Outbox outbox) {
    registry.bind(API, api);
    registry.bind(
        API_OPERATIONS, new ApiOperations(operations(new OutboxResource(outboxAdmin, outbox))));
  }

  /** By the ids of the rest operations in {@code api.camel.yaml} and {@code observe.camel.yaml}. */
  private Map<String, Function<Exchange, RestResponse>> operations(OutboxResource outbox) {
    OpenApiDocument document = new OpenApiDocument();
    HealthReport health = new HealthReport();
    Map<String, Function<Exchange, RestResponse>> operations = new LinkedHashMap<>();
    operations.put("get-sites", call -> api.sites());
    operations.put("get-site", call -> api.site(text(call, "site")));
    operations.put("get-status", call -> api.status());
    operations.put(
        "get-runs",
        call ->
            runsApi.list(
                given(call, "site"),
                given(call, "state"),
                given(call, "before"),
                given(call, "limit")));
    operations.put("get-run", call -> runsApi.run(text(call, "id")));
    operations.put(
        "get-outbox",
        call ->
            outbox.messages(given(call, "channel"), given(call, "parked"), given(call, "limit")));
    operations.put(
        "get-run-events", call -> events.open(call, text(call, "id"), text(call, "Last-Event-ID")));
    operations.put("post-run-stop", call -> runsApi.stop(text(call, "id")));
    operations.put(
        "post-outbox-retry", call -> outbox.retry(given(call, "channel"), given(call, "id")));
    operations.put("get-openapi", call -> document.reply());
    operations.put("get-health", call -> health.all(call.getContext()));
    operations.put("get-live", call -> health.live(call.getContext()));
    operations.put("get-ready", call -> health.ready(call.getContext()));
    operations.put("get-metrics", call -> metrics(call).reply());
    return operations;
  }

  private static BackupMetrics metrics(Exchange call) {
    return call.getContext()
        .getRegistry()
        .lookupByNameAndType("backup-metrics", BackupMetrics.class);
  }

  private static Object given(Exchange call, String parameter) {
    return call.getMessage().getHeader(parameter);
  }

  private static String text(Exchange call, String parameter) {
    return call.getMessage().getHeader(parameter, String.class);
  }
}
