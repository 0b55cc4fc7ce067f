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
import io.github.camelakeeba.config.live.CurrentConfiguration;
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
import io.github.camelakeeba.recheck.LostBackups;
import io.github.camelakeeba.recheck.RecheckReports;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.SitesInFlight;
import io.github.camelakeeba.run.store.ActiveRuns;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.run.store.FutureTimestampRepair;
import io.github.camelakeeba.run.store.HistoryPurge;
import io.github.camelakeeba.run.store.InstallationIdentity;
import io.github.camelakeeba.run.store.NodeHeartbeat;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.run.store.RunClaimer;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.schedule.BackupScheduler;
import io.github.camelakeeba.schedule.ScheduleTriggers;
import io.github.camelakeeba.schedule.ScheduledReports;
import io.github.camelakeeba.schedule.ScheduledSites;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.TransactionPolicy;
import io.github.camelakeeba.time.SteadyClock;
import io.github.camelakeeba.watch.SiteReports;
import io.github.camelakeeba.watch.SummaryQueries;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.apache.camel.CamelContext;

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
    NodeHeartbeat heartbeat,
    ScheduleTriggers scheduleTriggers,
    BackupScheduler scheduler,
    WatchModule watch,
    StopService stopService,
    MessageRenderer renderer,
    TriggerModule triggerModule,
    FailureTranslator failures,
    EventJson json,
    IsolatedExchanges exchanges,
    ReloadModule reloads,
    ProofModule proofs,
    ExecutorService runThreads) {

  static final String RUN_REPOSITORY = "backup-run-repository"; // writes what becomes of runs
  static final String RUN_GUARD = "backup-run-guard"; // whether this node may go on with a run
  static final String STOP_REQUESTS = "backup-stop-requests"; // wakes runs that users have stopped
  static final String NODE_HEARTBEAT = "backup-node-heartbeat"; // says that this node is alive
  static final String RUN_CLAIMER = "backup-run-claimer"; // the runs that are due, batch by batch
  static final String SCHEDULED_SITES = "backup-scheduled-sites"; // which sites a fire is for
  static final String SCHEDULED_REPORTS = "backup-scheduled-reports"; // sends what is due
  static final String SCHEDULE_TRIGGERS = "backup-schedule-triggers"; // keeps Quartz true to them
  static final String CLOCK = "backup-clock"; // measures time without the jumps of the wall clock
  static final String TIMESTAMP_REPAIR = "backup-timestamp-repair"; // mends times that lie ahead
  static final String REQUEST_REPOSITORY = "backup-request-repository"; // makes a run of a request
  static final String REQUEST_READER = "backup-request-reader"; // reads and checks requests
  static final String RUN_COMPLETION = "backup-run-completion"; // how a run has ended; ends it
  static final String EVENTS = "backup-events"; // makes the event of an outcome, and publishes it
  static final String ENDING_TRANSACTION = "backup-ending-transaction"; // the one that ends a run
  static final String TRANSACTION_WITHOUT_RETRY = "backup-transaction-without-retry"; // tried once
  static final String OUTBOX = "backup-outbox"; // keeps messages until they are delivered
  static final String STORE_AVAILABILITY = "backup-store-availability"; // whether writes succeed
  static final String HISTORY = "backup-history"; // deletes old runs and messages
  static final String EVENT_PUBLISHER = "backup-event-publisher"; // accepts events of a host
  static final String HOST_REPLY = "backup-host-reply"; // what a host gets for its exchange
  static final String HOST_REQUESTS = "backup-host-requests"; // reads requests of a host
  static final String AWAIT_OUTCOME = "backup-await-outcome"; // waits for the outcome of a run
  static final String ISOLATED_EXCHANGES = "backup-isolated-exchanges"; // that carry nothing along
  static final String RUN_LAUNCHER = "backup-run-launcher"; // starts a thread for each claimed run

  static ServiceModule bind(
      Home home,
      Service.Plan plan,
      Settings settings,
      CurrentConfiguration current,
      Database database,
      CamelContext context) {
    BeanBinder beans = new BeanBinder(context.getRegistry());
    Configuration configuration = current.live();
    Map<String, Site> sites = configuration.sites();
    SitesInFlight inFlight = new SitesInFlight(sites);
    ReloadModule reloads = new ReloadModule();
    Timings timings = plan.timings();
    Clock clock = Clock.systemUTC();
    SteadyClock steadyClock = beans.bind(CLOCK, new SteadyClock(clock));
    IsolatedExchanges exchanges = beans.bind(ISOLATED_EXCHANGES, new IsolatedExchanges(context));
    beans.bind(
        TRANSACTION_WITHOUT_RETRY,
        new TransactionPolicy((exchange, steps) -> database.together(steps)));
    beans.bind(STORE_AVAILABILITY, database.availability());
    beans.bind(HISTORY, new HistoryPurge(database, () -> current.get().historyKeep(), clock));

    ScheduleCalculator schedules = new ScheduleCalculator(current);
    MonitoringModule monitoring =
        MonitoringModule.of(configuration, schedules, database, settings.telemetry(), clock);
    RunListener listener =
        new RunListener.All(List.of(inFlight, monitoring.telemetry().runListener()));

    String node = hostName();
    String owner = node + "/" + UUID.randomUUID();
    NodeHeartbeat heartbeat =
        beans.bind(
            NODE_HEARTBEAT,
            new NodeHeartbeat(
                database,
                owner,
                () -> plan.claiming() == ClaimPolicy.ALL ? current.get().fingerprint() : null,
                timings,
                System::nanoTime));
    if (plan.claiming() != ClaimPolicy.NONE) {
      heartbeat.begin();
    }
    StopRequests stops = beans.bind(STOP_REQUESTS, new StopRequests(database));
    Function<String, String> hostOf = site -> hostOf(sites.get(site), site);
    ActiveRuns activeRuns = new ActiveRuns(inFlight, hostOf);
    RunRepository repository = beans.bind(RUN_REPOSITORY, new RunRepository(database, steadyClock));
    RunQueries runs = new RunQueries(database);
    RunGuard guard = beans.bind(RUN_GUARD, new RunGuard(repository, stops, clock));
    RunClaimer claimer =
        beans.bind(
            RUN_CLAIMER,
            new RunClaimer(
                database,
                () -> current.get().limits(),
                owner,
                plan.claiming(),
                guard,
                activeRuns,
                listener,
                timings,
                clock));
    RequestRepository requests =
        beans.bind(
            REQUEST_REPOSITORY, new RequestRepository(database, hostOf, owner, listener, clock));
    RequestReader reader =
        beans.bind(REQUEST_READER, new RequestReader(sites, schedules, listener, clock));
    beans.bind(HOST_REQUESTS, new BackupRequests(reader, runs));
    beans.bind(HOST_REPLY, new HostReplyAggregationStrategy());
    beans.bind(AWAIT_OUTCOME, new OutcomePoller(runs, guard, steadyClock));

    ScheduledSites scheduledSites =
        beans.bind(
            SCHEDULED_SITES,
            new ScheduledSites(
                current,
                schedules,
                reader,
                database,
                () -> {
                  if (!database.embedded()) { // else no other node has read it
                    reloads.reload().takeChange();
                  }
                },
                clock));
    ScheduleTriggers scheduleTriggers =
        beans.bind(
            SCHEDULE_TRIGGERS, new ScheduleTriggers(scheduledSites, schedules, database, clock));
    BackupScheduler scheduler =
        new BackupScheduler(context, database, exchanges, scheduleTriggers, owner);
    beans.bind(
        TIMESTAMP_REPAIR, new FutureTimestampRepair(database, sites, schedules, owner, clock));

    EventSource source =
        settings.source() == null ? new InstallationIdentity(database).source() : settings.source();
    BackupEventFactory eventFactory =
        new BackupEventFactory(
            inFlight.ofRuns(), node, source, settings.telemetry().traces(), clock);
    Outbox outbox =
        beans.bind(
            OUTBOX,
            new Outbox(
                database,
                owner,
                clock,
                configuration.channels(),
                settings.giveUpAfter(),
                settings.gather(),
                source,
                monitoring.telemetry().deliveryListener(),
                timings));
    beans.bind(
        EVENT_PUBLISHER, new EventPublisher(configuration.channels().keySet(), outbox, clock));
    NotificationRouter rules = new NotificationRouter(current.live(inFlight.configuredFirst()));
    ExecutorService runThreads = RunThreads.of(current.get());
    WatchModule watch =
        WatchModule.bind(
            beans,
            configuration,
            schedules,
            database,
            outbox,
            eventFactory,
            rules,
            exchanges,
            runThreads,
            timings,
            clock);

    OutcomeEvents events =
        beans.bind(EVENTS, new OutcomeEvents(eventFactory, repository, rules, outbox));
    RunCompletion completion =
        beans.bind(
            RUN_COMPLETION,
            new RunCompletion(
                repository,
                events,
                listener,
                site -> schedules.overdueAfter(sites.get(site), clock.instant()),
                steadyClock));
    beans.bind(ENDING_TRANSACTION, new TransactionPolicy(completion::inTransaction));
    RunLoggingContext loggingContext = new RunLoggingContext();
    context.getCamelContextExtension().addInterceptStrategy(loggingContext);
    beans.bind(
        RUN_LAUNCHER,
        new RunLauncher(
            exchanges, runThreads, activeRuns, loggingContext, guard, repository, completion));
    FailureTranslator failures =
        RunModule.bind(
            context,
            current,
            inFlight,
            reloads,
            database,
            repository,
            guard,
            activeRuns,
            stops,
            home,
            settings.recovery(plan.claiming() == ClaimPolicy.ALL),
            timings,
            steadyClock,
            clock);

    ProofModule proofs =
        ProofModule.bind(
            new ProofModule.Parts(
                context, home, current, database, source, node, heartbeat, plan.claiming()),
            rules,
            outbox,
            guard,
            exchanges,
            runThreads,
            failures,
            clock);
    RecheckModule.bind(
        beans,
        sites,
        database,
        owner,
        context,
        new RecheckReports(
            sites,
            source,
            node,
            rules,
            outbox,
            new LostBackups(new SiteHealthStore(database), source, eventFactory, rules, outbox)),
        failures,
        home.data().resolve("archives"),
        settings.verifyRate(),
        guard::closed,
        clock);

    SummaryQueries summaries =
        monitoring.summary(node, "true".equals(Settings.text(context, "demo", "false")), context);
    beans.bind(
        SCHEDULED_REPORTS,
        new ScheduledReports(
            configuration.reports(),
            schedules,
            new SiteReports(monitoring.status(), summaries, schedules, source, clock),
            outbox));
    EventJson json = new EventJson();
    StopService stopService = new StopService(database, completion, owner, clock);
    MessageRenderer renderer =
        NotifyModule.bind(
            beans,
            home,
            configuration,
            reloads,
            schedules,
            runs,
            exchanges,
            settings.channelTimeout(),
            clock);
    TriggerModule triggerModule =
        TriggerModule.bind(
            beans,
            context,
            current,
            reloads,
            reader,
            RestModule.bind(
                beans,
                configuration,
                monitoring,
                outbox,
                reader,
                requests,
                runs,
                guard,
                stopService,
                summaries,
                reloads,
                proofs.requests(),
                timings),
            runs,
            database.dataSource(),
            exchanges,
            json.mapper(),
            timings,
            clock);
    monitoring.bind(context, claimer, triggerModule.triggers(), heartbeat, reloads, steadyClock);
    if (plan.schedules()) {
      reloads.before((before, next) -> scheduledSites.enter(next));
      reloads.after((before, next) -> scheduleTriggers.follow());
    }
    if (plan.claiming() == ClaimPolicy.ALL) {
      reloads.before((before, next) -> watch.follow(next));
      reloads.tidy(outbox::parkForRemovedChannels);
    }
    return new ServiceModule(
        source,
        schedules,
        monitoring,
        outbox,
        runs,
        requests,
        reader,
        guard,
        heartbeat,
        scheduleTriggers,
        scheduler,
        watch,
        stopService,
        renderer,
        triggerModule,
        failures,
        json,
        exchanges,
        reloads,
        proofs,
        runThreads);
  }

  /** A site that was taken out since is no reason to lose its request: its run says so. */
  private static String hostOf(Site known, String site) {
    return known == null ? site : known.host();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** At the start of a service: begins to watch, and clears up after removed channels. */
  void start() {
    watch.start();
    outbox.parkForRemovedChannels();
    triggerModule.pendingReplies().discardForRemovedTriggers();
    runThreads.execute(proofs::removeLeftovers);
  }

  /** After Camel has stopped; a run in progress stays as its last checkpoint says. */
  void stopRuns() {
    exchanges.close();
    runThreads.shutdownNow();
  }
}
