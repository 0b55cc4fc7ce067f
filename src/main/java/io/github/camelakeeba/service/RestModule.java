package io.github.camelakeeba.service;

import io.github.camelakeeba.backup.StopService;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.health.HealthReport;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.OpenApiDocument;
import io.github.camelakeeba.rest.OutboxResource;
import io.github.camelakeeba.rest.ReadOperations;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.rest.RunEventStreams;
import io.github.camelakeeba.rest.RunResource;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** The beans of the routes of the HTTP API. */
final class RestModule {
  static final String API = "backup-api"; // answers requests for backups
  static final String RUN_RESOURCE = "backup-run-resource"; // answers what is asked of runs
  static final String RUN_EVENT_STREAMS = "backup-run-event-streams"; // how runs go, as they go
  static final String OUTBOX_RESOURCE = "backup-outbox-resource"; // shows undelivered messages
  static final String READ_OPERATIONS = "backup-read-operations"; // answers GET by operation id

  private RestModule() {}

  /** Binds the beans; returns the one that the triggers share. */
  static BackupResource bind(
      BeanBinder beans,
      Configuration configuration,
      MonitoringModule monitoring,
      RunQueries runs,
      RunGuard guard,
      StopService stopService,
      Timings timings) {
    BackupResource api = beans.bind(API, new BackupResource(monitoring.status(), runs));
    RunResource runResource =
        beans.bind(
            RUN_RESOURCE, new RunResource(configuration.sites().keySet(), runs, stopService));
    OutboxResource outbox =
        beans.bind(OUTBOX_RESOURCE, new OutboxResource(monitoring.outboxAdmin()));
    beans.bind(RUN_EVENT_STREAMS, new RunEventStreams(runs, guard, timings));
    beans.bind(READ_OPERATIONS, new ReadOperations(operations(api, runResource, outbox)));
    return api;
  }

  /** By the ids of the rest operations in {@code api.camel.yaml} and {@code observe.camel.yaml}. */
  private static Map<String, Function<Exchange, RestResponse>> operations(
      BackupResource api, RunResource runs, OutboxResource outbox) {
    OpenApiDocument document = new OpenApiDocument();
    HealthReport health = new HealthReport();
    Map<String, Function<Exchange, RestResponse>> operations = new HashMap<>();
    operations.put("get-sites", call -> api.sites());
    operations.put("get-site", call -> api.site(text(call, "site")));
    operations.put("get-status", call -> api.status());
    operations.put(
        "get-runs",
        call ->
            runs.list(
                parameter(call, "site"),
                parameter(call, "state"),
                parameter(call, "before"),
                parameter(call, "limit")));
    operations.put("get-run", call -> runs.run(text(call, "id")));
    operations.put(
        "get-outbox",
        call ->
            outbox.messages(
                parameter(call, "channel"), parameter(call, "parked"), parameter(call, "limit")));
    operations.put("get-openapi", call -> document.reply());
    operations.put("get-health", call -> health.all(call.getContext()));
    operations.put("get-live", call -> health.live(call.getContext()));
    operations.put("get-ready", call -> health.ready(call.getContext()));
    return operations;
  }

  private static Object parameter(Exchange call, String name) {
    return call.getMessage().getHeader(name);
  }

  private static String text(Exchange call, String name) {
    return call.getMessage().getHeader(name, String.class);
  }
}
