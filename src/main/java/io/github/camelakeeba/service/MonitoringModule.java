package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.health.ClaimHealthCheck;
import io.github.camelakeeba.health.ClockHealthCheck;
import io.github.camelakeeba.health.OutboxHealthCheck;
import io.github.camelakeeba.health.OverdueHealthCheck;
import io.github.camelakeeba.health.StoreHealthCheck;
import io.github.camelakeeba.health.TriggersHealthCheck;
import io.github.camelakeeba.observe.OutboxMetrics;
import io.github.camelakeeba.observe.RunMetrics;
import io.github.camelakeeba.observe.SiteMetrics;
import io.github.camelakeeba.observe.Telemetry;
import io.github.camelakeeba.observe.TelemetrySettings;
import io.github.camelakeeba.observe.TriggerMetrics;
import io.github.camelakeeba.outbox.DeliveryListener;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.outbox.OutboxRetry;
import io.github.camelakeeba.rest.OutboxAdmin;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.store.QueueMetrics;
import io.github.camelakeeba.run.store.RunClaimer;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.time.SteadyClock;
import io.github.camelakeeba.trigger.TriggerSupervisor;
import io.github.camelakeeba.watch.OverdueSites;
import io.github.camelakeeba.watch.StatusQueries;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;

/** How sites and channels stand, for whoever asks: commands, API, health page and metrics. */
public final class MonitoringModule {
  private final StoreAvailability availability;
  private final Clock clock;
  private final OverdueSites overdue;
  private final OutboxQueries outbox;
  private final QueueMetrics queue;
  private final StatusQueries status;
  private final OutboxAdmin outboxAdmin;
  private final Telemetry observation;
  private final int namedSites;

  MonitoringModule(
      Configuration configuration,
      ScheduleCalculator schedules,
      Database database,
      TelemetrySettings observing,
      Clock clock) {
    this.availability = database.availability();
    this.clock = clock;
    overdue = new OverdueSites(configuration, schedules, new SiteHealthStore(database), clock);
    outbox = new OutboxQueries(database.dataSource(), configuration.channels());
    status = new StatusQueries(configuration, schedules, database, overdue, outbox, clock);
    outboxAdmin =
        new OutboxAdmin(
            configuration.channels().keySet(),
            outbox,
            new OutboxRetry(database.dataSource(), configuration.channels(), clock));
    observation = new Telemetry(observing, configuration.channels(), availability, clock);
    queue = new QueueMetrics(database, clock);
    namedSites = observing.sites();
  }

  void bind(
      CamelContext context, RunClaimer claims, TriggerSupervisor triggers, SteadyClock steady) {
    observation.bind(
        context,
        () ->
            List.of(
                RunMetrics.of(availability, queue),
                OutboxMetrics.of(availability, outbox, clock),
                SiteMetrics.of(availability, overdue, namedSites),
                TriggerMetrics.of(triggers)));
    HealthCheckRegistry checks = HealthCheckRegistry.get(context);
    checks.register(new StoreHealthCheck(availability));
    checks.register(new ClaimHealthCheck(claims, clock));
    checks.register(new OutboxHealthCheck(availability, outbox, clock));
    checks.register(new OverdueHealthCheck(availability, overdue));
    checks.register(new TriggersHealthCheck(availability, context));
    checks.register(new ClockHealthCheck(availability, steady));
  }

  /** Is told of each delivery. */
  DeliveryListener deliveryListener() {
    return observation.deliveryListener();
  }

  /** Is told of requests and runs. */
  RunListener runListener() {
    return observation.runListener();
  }

  public StatusQueries status() {
    return status;
  }

  public OutboxAdmin outboxAdmin() {
    return outboxAdmin;
  }
}
