package io.github.camelakeeba.service;

import io.github.camelakeeba.backup.StopService;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.health.HealthReport;
import io.github.camelakeeba.keep.DownloadedArchives;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.observe.BackupMetrics;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.pause.PauseRequests;
import io.github.camelakeeba.proof.ProofRequests;
import io.github.camelakeeba.rest.ApiOperations;
import io.github.camelakeeba.rest.ArchiveResource;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.rest.ChangeFeed;
import io.github.camelakeeba.rest.ChangeFeed.SiteChange;
import io.github.camelakeeba.rest.EventStreams;
import io.github.camelakeeba.rest.OpenApiDocument;
import io.github.camelakeeba.rest.OutboxResource;
import io.github.camelakeeba.rest.Representation;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.rest.RunResource;
import io.github.camelakeeba.rest.SiteAccess;
import io.github.camelakeeba.rest.SiteDaysResource;
import io.github.camelakeeba.rest.SitesResource;
import io.github.camelakeeba.rest.SummaryResource;
import io.github.camelakeeba.rest.badge.BadgeResource;
import io.github.camelakeeba.rest.bulk.BulkBackups;
import io.github.camelakeeba.rest.proof.ProofResource;
import io.github.camelakeeba.rest.reload.ReloadResource;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SiteDays;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.watch.StandingChanges;
import io.github.camelakeeba.watch.SummaryQueries;
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
  static final String API_REPRESENTATION = "backup-api-representation"; // entity tags, compression

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
      SummaryQueries summary,
      ReloadModule reloads,
      ProofRequests proofs,
      Timings timings) {
    SiteAccess access = new SiteAccess(configuration.sites(), runs);
    BackupResource api = beans.bind(API, new BackupResource(runs));
    SitesResource sites =
        new SitesResource(monitoring.status(), new NotificationRouter(configuration));
    beans.bind(API_REPRESENTATION, new Representation(new EventJson().mapper()));
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
                sites,
                new SummaryResource(summary),
                new ArchiveResource(
                    configuration.sites(),
                    new DownloadedArchives(configuration.sites(), monitoring.database())),
                new RunResource(
                    configuration.sites().keySet(),
                    access,
                    runs,
                    new TimelineQueries(monitoring.database()),
                    stopService),
                new EventStreams(
                    configuration.sites().keySet(),
                    access,
                    runs,
                    new ChangeFeed(
                        runs, siteChanges(monitoring), System::nanoTime, monitoring.clock()),
                    new SummaryResource(summary),
                    guard,
                    timings),
                new OutboxResource(monitoring.outboxAdmin(), outbox),
                monitoring.pauses(),
                new ReloadResource(reloads::reload),
                new ProofResource(configuration.sites(), proofs),
                api,
                new SiteDaysResource(
                    monitoring.status(), new SiteDays(monitoring.database()), monitoring.clock()),
                BadgeResource.of(configuration.badges(), monitoring.status(), monitoring.clock())),
            access));
    return api;
  }

  private static ChangeFeed.SiteChanges siteChanges(MonitoringModule monitoring) {
    StandingChanges standings = new StandingChanges(monitoring.status(), monitoring.clock());
    return most ->
        standings
            .next(most)
            .map(sites -> sites.stream().map(one -> new SiteChange(one.site(), one)).toList());
  }

  /**
   * By the ids of the rest operations in {@code api*.camel.yaml} and {@code observe.camel.yaml}.
   */
  private static Map<String, Function<Exchange, RestResponse>> operations(
      SitesResource sites,
      SummaryResource summary,
      ArchiveResource archives,
      RunResource runs,
      EventStreams events,
      OutboxResource outbox,
      PauseRequests pauses,
      ReloadResource reload,
      ProofResource proofs,
      BackupResource api,
      SiteDaysResource days,
      BadgeResource badges) {
    OpenApiDocument document = new OpenApiDocument();
    Map<String, Function<Exchange, RestResponse>> operations = new HashMap<>();
    operations.put("get-summary", summary::summary);
    operations.put(
        "get-archives",
        call -> archives.list(call, parameter(call, "site"), parameter(call, "limit")));
    operations.put("get-archive", call -> archives.counted(call, text(call, "id")));
    operations.put(
        "get-archive-file", call -> archives.file(call, text(call, "id"), text(call, "file")));
    operations.put("get-sites", sites::sites);
    operations.put("get-site", call -> sites.site(call, text(call, "site")));
    operations.put("get-site-days", call -> days.ofSite(call, text(call, "site")));
    operations.put("get-days", days::ofSites);
    operations.put("get-site-proofs", call -> proofs.list(call, text(call, "site")));
    operations.put(
        "post-site-proofs", call -> proofs.ask(call, text(call, "site"), api.requestedBy(call)));
    operations.put("get-status", sites::status);
    operations.put(
        "get-runs",
        call ->
            runs.list(
                Caller.of(call),
                parameter(call, "site"),
                parameter(call, "state"),
                parameter(call, "before"),
                parameter(call, "limit")));
    operations.put("get-run", call -> runs.run(text(call, "id")));
    operations.put("get-run-timeline", call -> runs.timeline(Caller.of(call), text(call, "id")));
    operations.put(
        "get-outbox",
        call ->
            outbox.messages(
                parameter(call, "channel"), parameter(call, "parked"), parameter(call, "limit")));
    operations.put(
        "get-run-events",
        call -> events.ofRun(call, text(call, "id"), text(call, "Last-Event-ID")));
    operations.put(
        "get-events",
        call -> events.ofChanges(call, parameter(call, "site"), text(call, "Last-Event-ID")));
    operations.put("post-run-stop", call -> runs.stop(text(call, "id")));
    operations.put(
        "post-outbox-retry",
        call -> outbox.retry(parameter(call, "channel"), parameter(call, "id")));
    operations.put(
        "post-site-pause",
        call -> {
          byte[] body = call.getMessage().getBody(byte[].class);
          pauses.pause(text(call, "site"), body, api.requestedBy(call));
          return sites.site(call, text(call, "site"));
        });
    operations.put(
        "post-site-resume",
        call -> {
          pauses.resume(text(call, "site"), api.requestedBy(call));
          return sites.site(call, text(call, "site"));
        });
    operations.put("post-reload", call -> reload.reload(api.requestedBy(call)));
    operations.put("get-openapi", call -> document.response());
    operations.put("get-badge", call -> badges.image(text(call, "file")));
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
