package io.github.camelakeeba.service;

import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.backup.OutcomeEvents;
import io.github.camelakeeba.backup.RunCompletion;
import io.github.camelakeeba.backup.RunLauncher;
import io.github.camelakeeba.backup.StopService;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.exchange.HostReplyAggregationStrategy;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.integration.BackupRequests;
import io.github.camelakeeba.integration.EventPublisher;
import io.github.camelakeeba.integration.OutcomePoller;
import io.github.camelakeeba.logging.RunLoggingContext;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.notify.text.MessageRenderer;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.store.ActiveRuns;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.run.store.FutureTimestampRepair;
import io.github.camelakeeba.run.store.HistoryPurge;
import io.github.camelakeeba.run.store.InstallationIdentity;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.run.store.RunClaimer;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.TransactionPolicy;
import io.github.camelakeeba.time.SteadyClock;
import io.github.camelakeeba.watch.LivenessProbe;
import io.github.camelakeeba.watch.Watchdog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/** Makes the beans of the service and binds them; holds those that commands and tests call. */
public record ServiceModule(
    EventSource source,
    ScheduleCalculator schedules,
    MonitoringModule monitoring,
    Outbox outbox,
    RunQueries runs,
    RequestRepository requests,
    RequestReader reader,
    RunGuard guard,
    RunClaimer claimer,
    ScheduleTriggers scheduleTriggers,
    ScheduleRoutes scheduleRoutes,
    Watchdog watchdog,
    StopService stopService,
    MessageRenderer renderer,
    TriggerModule triggerModule,
    FailureTranslator failures,
    EventJson json,
    IsolatedExchanges exchanges,
    ExecutorService runThreads) {
  static ServiceModule bind(
      Home home,
      Service.Plan plan,
      Settings settings,
      Configuration configuration,
      Database database,
      CamelContext context) {
    BeanBinder beans = new BeanBinder(context.getRegistry());
    Map<String, Site> sites = configuration.sites();
    Timings timings = plan.timings();
    Clock clock = Clock.systemUTC();
    SteadyClock steadyClock = beans.bind("backup-clock", new SteadyClock(clock));
    IsolatedExchanges exchanges =
        beans.bind("backup-isolated-exchanges", new IsolatedExchanges(context));
    beans.bind(
        "backup-transaction",
        new TransactionPolicy((exchange, steps) -> database.retryInTransaction(steps)));
    beans.bind(
        "backup-transaction-without-retry",
        new TransactionPolicy((exchange, steps) -> database.together(steps)));
    beans.bind("backup-store-availability", database.availability());
    beans.bind("backup-history", new HistoryPurge(database, configuration.historyKeep(), clock));

    ScheduleCalculator schedules = new ScheduleCalculator(configuration);
    MonitoringModule monitoring =
        MonitoringModule.of(configuration, schedules, database, settings.telemetry(), clock);
    RunListener listener = monitoring.telemetry().runListener();

    String node = hostName();
    String owner = node + "/" + UUID.randomUUID();
    StopRequests stops = new StopRequests(database);
    ActiveRuns activeRuns = new ActiveRuns();
    RunRepository repository =
        beans.bind("backup-run-repository", new RunRepository(database, steadyClock));
    RunQueries runs = new RunQueries(database);
    RunGuard guard = beans.bind("backup-run-guard", new RunGuard(repository, stops, clock));
    RunClaimer claimer =
        beans.bind(
            "backup-run-claimer",
            new RunClaimer(
                database,
                configuration.limits(),
                owner,
                plan.claiming(),
                guard,
                activeRuns,
                listener,
                timings,
                clock));
    RequestRepository requests =
        beans.bind(
            "backup-request-repository",
            new RequestRepository(
                database, site -> sites.get(site).host(), owner, listener, clock));
    RequestReader reader =
        beans.bind("backup-request-reader", new RequestReader(sites, schedules, listener, clock));
    beans.bind("backup-host-requests", new BackupRequests(reader, runs));
    beans.bind("backup-host-reply", new HostReplyAggregationStrategy());
    beans.bind("backup-await-outcome", new OutcomePoller(runs, guard, steadyClock));

    ScheduleTriggers scheduleTriggers =
        beans.bind(
            "backup-schedule-triggers",
            new ScheduleTriggers(context, configuration, schedules, database, clock));
    ScheduleRoutes scheduleRoutes =
        new ScheduleRoutes(context, configuration, database, scheduleTriggers, owner);
    beans.bind(
        "backup-timestamp-repair",
        new FutureTimestampRepair(database, sites, schedules, claimer.node(), clock));

    EventSource source =
        settings.source() == null ? new InstallationIdentity(database).source() : settings.source();
    BackupEventFactory eventFactory =
        new BackupEventFactory(sites, node, source, settings.telemetry().traces(), clock);
    Outbox outbox =
        beans.bind(
            "backup-outbox",
            new Outbox(
                database.dataSource(),
                database::retry,
                owner,
                clock,
                configuration.channels(),
                settings.giveUpAfter(),
                settings.gather(),
                source,
                monitoring.telemetry().deliveryListener(),
                timings));
    beans.bind(
        "backup-event-publisher",
        new EventPublisher(configuration.channels().keySet(), outbox, clock));
    NotificationRouter rules = new NotificationRouter(configuration);
    Watchdog watchdog =
        beans.bind(
            "backup-watchdog",
            new Watchdog(configuration, schedules, database, outbox, eventFactory, rules, clock));
    beans.bind(
        "backup-liveness", new LivenessProbe(configuration, database, outbox, watchdog, clock));

    OutcomeEvents events =
        beans.bind("backup-events", new OutcomeEvents(eventFactory, repository, rules, outbox));
    RunCompletion completion =
        beans.bind(
            "backup-run-completion", new RunCompletion(repository, events, listener, steadyClock));
    beans.bind("backup-ending-transaction", new TransactionPolicy(completion::inTransaction));
    ExecutorService runThreads = newRunThreads();
    RunLoggingContext loggingContext = new RunLoggingContext();
    context.getCamelContextExtension().addInterceptStrategy(loggingContext);
    beans.bind(
        "backup-run-launcher",
        new RunLauncher(
            exchanges, runThreads, activeRuns, loggingContext, guard, repository, completion));
    FailureTranslator failures =
        RunModule.bind(
            context,
            configuration,
            database,
            repository,
            guard,
            stops,
            home,
            settings.recovery(plan.claiming() == ClaimPolicy.ALL),
            timings,
            steadyClock,
            clock);

    EventJson json = new EventJson();
    StopService stopService = new StopService(database, completion, owner, clock);
    MessageRenderer renderer =
        NotifyModule.bind(
            beans,
            home,
            configuration,
            schedules,
            runs,
            exchanges,
            settings.channelTimeout(),
            clock);
    TriggerModule triggerModule =
        TriggerModule.bind(
            beans,
            context,
            configuration.triggers(),
            reader,
            RestModule.bind(
                beans, configuration, monitoring, outbox, runs, guard, stopService, timings),
            runs,
            database.dataSource(),
            exchanges,
            json.mapper(),
            timings,
            clock);
    monitoring.bind(context, claimer, triggerModule.triggers(), steadyClock);
    return new ServiceModule(
        source,
        schedules,
        monitoring,
        outbox,
        runs,
        requests,
        reader,
        guard,
        claimer,
        scheduleTriggers,
        scheduleRoutes,
        watchdog,
        stopService,
        renderer,
        triggerModule,
        failures,
        json,
        exchanges,
        runThreads);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /**
   * A thread a run, virtual where the JDK has them; the claim limits their number. Not Camel's to
   * shut down: it would wait another 10 s for a run that sleeps.
   */
  private static ExecutorService newRunThreads() {
    try {
      // since 21; the class files are for 17
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return Executors.newCachedThreadPool(
          new CamelThreadFactory("Camel Thread ##counter# - #name#", "backup-run", true));
    }
  }

  /** At the start of a service: begins to watch, and clears up after removed channels. */
  void start() {
    watchdog.start();
    outbox.parkForRemovedChannels();
    triggerModule.pendingReplies().discardForRemovedTriggers();
  }

  /** After Camel has stopped; a run in progress stays as its last checkpoint says. */
  void stopRuns() {
    exchanges.close();
    runThreads.shutdownNow();
  }
}
