package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.health.ClaimHealthCheck;
import io.github.camelakeeba.health.ClockHealthCheck;
import io.github.camelakeeba.health.ConfigurationHealthCheck;
import io.github.camelakeeba.health.OutboxHealthCheck;
import io.github.camelakeeba.health.OverdueHealthCheck;
import io.github.camelakeeba.health.StoreHealthCheck;
import io.github.camelakeeba.health.TriggersHealthCheck;
import io.github.camelakeeba.observe.ArchiveMetrics;
import io.github.camelakeeba.observe.ConfigurationMetrics;
import io.github.camelakeeba.observe.OutboxMetrics;
import io.github.camelakeeba.observe.RunMetrics;
import io.github.camelakeeba.observe.SiteMetrics;
import io.github.camelakeeba.observe.Telemetry;
import io.github.camelakeeba.observe.TelemetrySettings;
import io.github.camelakeeba.observe.TriggerMetrics;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.outbox.OutboxRetry;
import io.github.camelakeeba.pause.PauseRequests;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.recheck.RecheckStore;
import io.github.camelakeeba.reload.ReloadStatus;
import io.github.camelakeeba.rest.OutboxAdmin;
import io.github.camelakeeba.run.store.NodeHeartbeat;
import io.github.camelakeeba.run.store.QueueMetrics;
import io.github.camelakeeba.run.store.RunClaimer;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.time.SteadyClock;
import io.github.camelakeeba.trigger.TriggerSupervisor;
import io.github.camelakeeba.watch.OverdueSites;
import io.github.camelakeeba.watch.StatusQueries;
import io.github.camelakeeba.watch.SummaryQueries;
import io.github.camelakeeba.watch.TriggerStatusProvider;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;

/** Status, metrics and health checks, for commands, API, health page and metrics. */
public record MonitoringModule(
    StatusQueries status,
    OutboxAdmin outboxAdmin,
    PauseRequests pauses,
    Telemetry telemetry,
    OverdueSites overdue,
    OutboxQueries outbox,
    Database database,
    int namedSites,
    Clock clock) {
  static MonitoringModule of(
      Configuration configuration,
      ScheduleCalculator schedules,
      Database database,
      TelemetrySettings settings,
      Clock clock) {
    Map<String, Channel> channels = configuration.channels();
    SitePauses pauses = new SitePauses(database, clock);
    OverdueSites overdue =
        new OverdueSites(configuration, schedules, new SiteHealthStore(database), pauses, clock);
    OutboxQueries outbox = new OutboxQueries(database.dataSource(), channels);
    OutboxRetry retry = new OutboxRetry(database.dataSource(), channels, clock);
    return new MonitoringModule(
        new StatusQueries(configuration, schedules, database, overdue, outbox, clock),
        new OutboxAdmin(channels.keySet(), outbox, retry),
        new PauseRequests(configuration.sites(), pauses, clock),
        new Telemetry(settings, channels, database.availability(), clock),
        overdue,
        outbox,
        database,
        settings.sites(),
        clock);
  }

  /** How everything stands, for the page of this node; {@code demo}: of simulated sites. */
  SummaryQueries summary(String node, boolean demo, CamelContext context) {
    TriggerStatusProvider triggers =
        () ->
            context
                .getRegistry()
                .lookupByNameAndType(TriggerModule.TRIGGER_STATUS, TriggerStatusProvider.class)
                .triggers();
    return new SummaryQueries(node, demo, status, outbox, triggers, database, clock);
  }

  void bind(
      CamelContext context,
      RunClaimer claimer,
      TriggerSupervisor triggers,
      NodeHeartbeat heartbeat,
      ReloadModule reloads,
      SteadyClock steady) {
    Supplier<ReloadStatus> reload = () -> reloads.reload().status();
    reloads.after(
        (before, next) -> {
          status.forget();
          telemetry.count(next.channels().keySet());
        });
    StoreAvailability availability = database.availability();
    telemetry.bind(
        context,
        () ->
            List.of(
                RunMetrics.of(availability, new QueueMetrics(database, clock)),
                OutboxMetrics.of(availability, outbox, clock),
                SiteMetrics.of(availability, overdue, namedSites),
                ArchiveMetrics.of(availability, new RecheckStore(database, heartbeat.node())),
                new TriggerMetrics(triggers),
                new ConfigurationMetrics(reload, heartbeat::differingNodes)));
    HealthCheckRegistry checks = HealthCheckRegistry.get(context);
    checks.register(new StoreHealthCheck(availability));
    checks.register(new ClaimHealthCheck(claimer, clock));
    checks.register(new OutboxHealthCheck(availability, outbox, clock));
    checks.register(new OverdueHealthCheck(availability, overdue));
    checks.register(new TriggersHealthCheck(availability, context));
    checks.register(new ClockHealthCheck(availability, steady));
    checks.register(new ConfigurationHealthCheck(availability, reload, heartbeat::differingNodes));
  }
}
