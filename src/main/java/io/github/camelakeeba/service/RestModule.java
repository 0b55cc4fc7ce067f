package io.github.camelakeeba.service;

import io.github.camelakeeba.backup.StopService;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.health.HealthReport;
import io.github.camelakeeba.observe.BackupMetrics;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.rest.ApiOperations;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.BulkBackups;
import io.github.camelakeeba.rest.OpenApiDocument;
import io.github.camelakeeba.rest.OutboxResource;
import io.github.camelakeeba.rest.PauseResource;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.rest.RunEventStreams;
import io.github.camelakeeba.rest.RunResource;
import io.github.camelakeeba.rest.SiteDaysResource;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SiteDays;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.watch.TimelineQueries;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheckHelper;

/** The beans of the routes of the HTTP API. */
final class RestModule {
  static final String API = "backup-api"; // answers requests for backups
  static final String API_BULK = "backup-api-bulk"; // answers those for many sites at once
  static final String API_OPERATIONS = "backup-api-operations"; // answers by operation id

  private RestModule() {}

  /** Binds the beans; returns the one that the triggers share. */
  static BackupResource bind(
      BeanBinder beans,
      Configuration configuration,
      MonitoringModule monitoring,
      Outbox outbox,
      RequestReader reader,
      RequestRepository requests,
      RunQueries runs,
      RunGuard guard,
      StopService stopService,
      Timings timings) {
    BackupResource api = beans.bind(API, new BackupResource(monitoring.status(), runs));
    beans.bind(
        API_BULK,
        new BulkBackups(
            configuration.sites(),
            api,
            reader,
            new SiteHealthStore(monitoring.database()),
            requests));
    beans.bind(
        API_OPERATIONS,
        new ApiOperations(
            operations(
                api,
                new RunResource(
                    configuration.sites().keySet(),
                    runs,
                    new TimelineQueries(monitoring.database()),
                    stopService),
                new RunEventStreams(runs, guard, timings),
                new OutboxResource(monitoring.outboxAdmin(), outbox),
                new PauseResource(configuration.sites(), monitoring.pauses(), api),
                new SiteDaysResource(
                    configuration.sites().keySet(),
                    new SiteDays(monitoring.database()),
                    monitoring.clock()))));
    return api;
  }

  /**
   * By the ids of the rest operations in {@code api*.camel.yaml} and {@code observe.camel.yaml}.
   */
  private static Map<String, Function<Exchange, RestResponse>> operations(
      BackupResource api,
      RunResource runs,
      RunEventStreams events,
      OutboxResource outbox,
      PauseResource pauses,
      SiteDaysResource days) {
    OpenApiDocument document = new OpenApiDocument();
    Map<String, Function<Exchange, RestResponse>> operations = new HashMap<>();
    operations.put(
        "get-sites", call -> api.sites(parameter(call, "after"), parameter(call, "limit")));
    operations.put("get-site", call -> api.site(text(call, "site")));
    operations.put(
        "get-site-days", call -> days.ofSite(text(call, "site"), parameter(call, "from")));
    operations.put(
        "get-days", call -> days.ofSites(parameter(call, "sites"), parameter(call, "from")));
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
    operations.put("get-run-timeline", call -> runs.timeline(text(call, "id")));
    operations.put(
        "get-outbox",
        call ->
            outbox.messages(
                parameter(call, "channel"), parameter(call, "parked"), parameter(call, "limit")));
    operations.put(
        "get-run-events", call -> events.open(call, text(call, "id"), text(call, "Last-Event-ID")));
    operations.put("post-run-stop", call -> runs.stop(text(call, "id")));
    operations.put(
        "post-outbox-retry",
        call -> outbox.retry(parameter(call, "channel"), parameter(call, "id")));
    operations.put("post-site-pause", pauses::pause);
    operations.put("post-site-resume", pauses::resume);
    operations.put("get-openapi", call -> document.response());
    operations.put(
        "get-health", call -> HealthReport.of(HealthCheckHelper.invoke(call.getContext())));
    operations.put(
        "get-live", call -> HealthReport.of(HealthCheckHelper.invokeLiveness(call.getContext())));
    operations.put(
        "get-ready", call -> HealthReport.of(HealthCheckHelper.invokeReadiness(call.getContext())));
    operations.put("get-metrics", call -> metrics(call).reply());
    return operations;
  }

  private static BackupMetrics metrics(Exchange call) {
    return call.getContext()
        .getRegistry()
        .lookupByNameAndType("backup-metrics", BackupMetrics.class);
  }

  private static Object parameter(Exchange call, String name) {
    return call.getMessage().getHeader(name);
  }

  private static String text(Exchange call, String name) {
    return call.getMessage().getHeader(name, String.class);
  }
}
