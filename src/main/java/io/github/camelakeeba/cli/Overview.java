package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Deliveries;
import io.github.camelakeeba.notify.OutboxRetry;
import io.github.camelakeeba.notify.OutboxView;
import io.github.camelakeeba.observe.Observation;
import io.github.camelakeeba.observe.Observing;
import io.github.camelakeeba.observe.OutboxReadings;
import io.github.camelakeeba.observe.RunReadings;
import io.github.camelakeeba.observe.SiteReadings;
import io.github.camelakeeba.observe.TriggerReadings;
import io.github.camelakeeba.run.ClaimCheck;
import io.github.camelakeeba.run.Claims;
import io.github.camelakeeba.run.ClockCheck;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.run.Health;
import io.github.camelakeeba.run.OutboxApi;
import io.github.camelakeeba.run.OutboxCheck;
import io.github.camelakeeba.run.OutboxDesk;
import io.github.camelakeeba.run.Overdue;
import io.github.camelakeeba.run.OverdueCheck;
import io.github.camelakeeba.run.Queue;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.Standings;
import io.github.camelakeeba.run.Status;
import io.github.camelakeeba.run.SteadyClock;
import io.github.camelakeeba.run.StoreCheck;
import io.github.camelakeeba.run.StoreWatch;
import io.github.camelakeeba.run.TriggersCheck;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Schedules;
import io.github.camelakeeba.trigger.Triggers;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.Registry;

/** How sites and channels stand, for whoever asks: commands, API, health page and metrics. */
public final class Overview {
  private final StoreWatch watch;
  private final Clock clock;
  private final Overdue overdue;
  private final OutboxView outbox;
  private final Queue queue;
  private final Status status;
  private final OutboxDesk desk;
  private final Observation observation;
  private final int namedSites;

  Overview(
      Configuration configuration,
      Schedules schedules,
      Database database,
      Observing observing,
      Clock clock) {
    this.watch = database.watch();
    this.clock = clock;
    overdue = new Overdue(configuration, schedules, new Standings(database), clock);
    outbox = new OutboxView(database.dataSource(), configuration.channels());
    status = new Status(configuration, schedules, database, overdue, outbox, clock);
    desk =
        new OutboxDesk(
            configuration.channels().keySet(),
            outbox,
            new OutboxRetry(database.dataSource(), configuration.channels(), clock));
    observation = new Observation(observing, configuration.channels(), watch, clock);
    queue = new Queue(database, clock);
    namedSites = observing.sites();
  }

  void bind(CamelContext context, Claims claims, Triggers triggers, SteadyClock steady) {
    observation.bind(
        context,
        List.of(
            RunReadings.of(watch, queue),
            OutboxReadings.of(watch, outbox, clock),
            SiteReadings.of(watch, overdue, namedSites),
            TriggerReadings.of(triggers)));
    Registry registry = context.getRegistry();
    registry.bind("backup-health", new Health());
    registry.bind("backup-outbox-api", new OutboxApi(desk));
    HealthCheckRegistry checks = HealthCheckRegistry.get(context);
    checks.register(new StoreCheck(watch));
    checks.register(new ClaimCheck(claims, clock));
    checks.register(new OutboxCheck(watch, outbox, clock));
    checks.register(new OverdueCheck(watch, overdue));
    checks.register(new TriggersCheck(watch, context));
    checks.register(new ClockCheck(watch, steady));
  }

  /** Is told of each delivery. */
  Deliveries deliveries() {
    return observation.deliveries();
  }

  /** Is told of requests and runs. */
  RunListener runs() {
    return observation.runs();
  }

  /** How everything stands. */
  public Status status() {
    return status;
  }

  /** What is not delivered. */
  public OutboxDesk desk() {
    return desk;
  }
}
