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
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.integration.BackupRequests;
import io.github.camelakeeba.integration.EventPublisher;
import io.github.camelakeeba.integration.OutcomePoller;
import io.github.camelakeeba.logging.RunLoggingContext;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.notify.channel.ChatRenderer;
import io.github.camelakeeba.notify.channel.MailChannel;
import io.github.camelakeeba.notify.channel.MailRenderer;
import io.github.camelakeeba.notify.channel.MailServer;
import io.github.camelakeeba.notify.text.MessageRenderer;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.RequestReader;
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
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Everything that the routes ask, made once and bound by the name that the routes use. */
public final class ServiceModule {
  static final String RUN_REPOSITORY = "backup-run-repository"; // writes what becomes of runs
  static final String RUN_GUARD = "backup-run-guard"; // whether this node may go on with a run
  static final String JVM_ERRORS = "backup-jvm-errors"; // stops a process whose JVM has failed
  static final String RUN_CLAIMER = "backup-run-claimer"; // heartbeat, and runs that are due
  static final String SCHEDULE_TRIGGERS = "backup-schedule-triggers"; // keeps Quartz true to them
  static final String CLOCK = "backup-clock"; // measures time without the jumps of the wall clock
  static final String TIMESTAMP_REPAIR = "backup-timestamp-repair"; // mends times that lie ahead
  static final String REQUEST_REPOSITORY = "backup-request-repository"; // makes a run of a request
  static final String REQUEST_READER = "backup-request-reader"; // reads and checks requests
  static final String RUN_COMPLETION = "backup-run-completion"; // how a run has ended; ends it
  static final String EVENTS = "backup-events"; // makes the event of an outcome
  static final String RULES = "backup-rules"; // names who receives an event, by the rules of notify
  static final String ENDING_TRANSACTION = "backup-ending-transaction"; // the one that ends a run
  static final String TRANSACTION = "backup-transaction"; // repeated until it is committed
  static final String TRANSACTION_ONCE = "backup-transaction-once"; // tried once
  static final String OUTBOX = "backup-outbox"; // keeps messages until they are delivered
  static final String WATCHDOG = "backup-watchdog"; // finds sites without a good backup
  static final String LIVENESS = "backup-liveness"; // whether this service does its work
  static final String STORE_AVAILABILITY = "backup-store-availability"; // whether writes succeed
  static final String HISTORY = "backup-history"; // deletes old runs and messages
  static final String EVENT_PUBLISHER = "backup-event-publisher"; // takes events of a host
  static final String HOST_REPLY = "backup-host-reply"; // what a host gets for its exchange
  static final String HOST_REQUESTS = "backup-host-requests"; // reads requests of a host
  static final String AWAIT_OUTCOME = "backup-await-outcome"; // waits for the outcome of a run
  static final String MAIL_CHANNEL = "backup-mail-channel"; // makes the mail of a message
  static final String ISOLATED_EXCHANGES = "backup-isolated-exchanges"; // that carry nothing along
  static final String RUN_LAUNCHER = "backup-run-launcher"; // starts a thread for each claimed run

  private final CamelContext context;
  private final Configuration configuration;
  private final Database database;
  private final Clock clock = Clock.systemUTC();
  private final SteadyClock steadyClock = new SteadyClock(clock);
  private final ScheduleCalculator schedules;
  private final MonitoringModule overview;
  private final Outbox outbox;
  private final RunRepository store;
  private final RunQueries runs;
  private final RequestRepository requests;
  private final RequestReader reader;
  private final EventSource source;
  private final RunGuard gate;
  private final ActiveRuns activeRuns = new ActiveRuns();
  private final RunClaimer claims;
  private final ScheduleTriggers triggers;
  private final ScheduleRoutes scheduleRoutes;
  private final NotificationRouter recipients;
  private final OutcomeEvents outcomeEvents;
  private final RunCompletion outcomes;
  private final Watchdog watchdog;
  private final RestModule api;
  private final EventJson json = new EventJson();
  private final RunModule backup;
  private final MessageRenderer texts;
  private final MailChannel mails;
  private final NotifyModule notifyModule;
  private final TriggerModule triggerModule;
  private final Map<String, MailServer> mailServers;
  private final RunLoggingContext loggingContext = new RunLoggingContext();
  private final ExecutorService runThreads = RunExecutor.make();
  private final IsolatedExchanges exchanges;
  private final RunLauncher claimedRuns;

  ServiceModule(
      Home home,
      Service.Plan plan,
      Settings settings,
      Configuration configuration,
      Database database,
      CamelContext context) {
    this.context = context;
    this.configuration = configuration;
    this.database = database;
    Map<String, Site> sites = configuration.sites();
    String node = host();
    source =
        settings.source() == null ? new InstallationIdentity(database).source() : settings.source();
    Timings timings = plan.timings();
    String owner = node + "/" + UUID.randomUUID();
    schedules = new ScheduleCalculator(configuration);
    overview =
        new MonitoringModule(configuration, schedules, database, settings.observing(), clock);
    outbox =
        new Outbox(
            database.dataSource(),
            database::retry,
            owner,
            clock,
            configuration.channels(),
            settings.giveUpAfter(),
            settings.gather(),
            source,
            overview.deliveryListener(),
            timings);
    store = new RunRepository(database, steadyClock);
    runs = new RunQueries(database);
    requests =
        new RequestRepository(
            database, site -> sites.get(site).host(), owner, overview.runListener(), clock);
    reader = new RequestReader(sites, schedules, overview.runListener(), clock);
    gate = new RunGuard(store, new StopRequests(database), clock);
    claims =
        new RunClaimer(
            database,
            configuration.limits(),
            owner,
            plan.claiming(),
            gate,
            activeRuns,
            overview.runListener(),
            timings,
            clock);
    triggers = new ScheduleTriggers(context, configuration, schedules, database, clock);
    scheduleRoutes = new ScheduleRoutes(context, configuration, database, triggers, owner);
    BackupEventFactory events =
        new BackupEventFactory(sites, node, source, settings.observing().traces(), clock);
    recipients = new NotificationRouter(configuration);
    outcomeEvents = new OutcomeEvents(events, store);
    outcomes =
        new RunCompletion(
            store, outcomeEvents, recipients, outbox, overview.runListener(), steadyClock);
    watchdog = new Watchdog(configuration, schedules, database, outbox, events, recipients, clock);
    api =
        new RestModule(
            configuration,
            database,
            overview.status(),
            runs,
            gate,
            outcomes,
            owner,
            timings,
            clock);
    texts = MessageRendererFactory.of(home, configuration, schedules, runs, clock);
    mails = new MailChannel(configuration.channels(), new MailRenderer(texts));
    exchanges = new IsolatedExchanges(context);
    notifyModule =
        new NotifyModule(
            home.folder(),
            configuration.channels(),
            settings.postLimit(),
            clock,
            new ChatRenderer(texts),
            exchanges);
    triggerModule =
        new TriggerModule(
            context,
            configuration.triggers(),
            reader,
            api.api(),
            runs,
            database.dataSource(),
            exchanges,
            json.mapper(),
            timings,
            clock);
    mailServers = MailServer.beans(configuration.channels());
    claimedRuns =
        new RunLauncher(exchanges, runThreads, activeRuns, loggingContext, gate, store, outcomes);
    backup =
        new RunModule(
            configuration,
            database,
            store,
            gate,
            home,
            settings.recovery(plan.claiming() == ClaimPolicy.ALL),
            timings,
            steadyClock,
            clock);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  public EventSource source() {
    return source;
  }

  void bind() {
    context.getCamelContextExtension().addInterceptStrategy(loggingContext);
    Registry registry = context.getRegistry();
    registry.bind(RUN_REPOSITORY, store);
    registry.bind(RUN_GUARD, gate);
    registry.bind(JVM_ERRORS, new JvmErrors());
    registry.bind(RUN_CLAIMER, claims);
    registry.bind(SCHEDULE_TRIGGERS, triggers);
    registry.bind(CLOCK, steadyClock);
    registry.bind(
        TIMESTAMP_REPAIR,
        new FutureTimestampRepair(
            database, configuration.sites(), schedules, claims.node(), clock));
    registry.bind(REQUEST_REPOSITORY, requests);
    registry.bind(REQUEST_READER, reader);
    registry.bind(RUN_COMPLETION, outcomes);
    registry.bind(EVENTS, outcomeEvents);
    registry.bind(RULES, recipients);
    registry.bind(ENDING_TRANSACTION, new TransactionPolicy(outcomes::inTransaction));
    registry.bind(
        TRANSACTION,
        new TransactionPolicy((exchange, steps) -> database.retryInTransaction(steps)));
    registry.bind(
        TRANSACTION_ONCE, new TransactionPolicy((exchange, steps) -> database.together(steps)));
    registry.bind(OUTBOX, outbox);
    registry.bind(WATCHDOG, watchdog);
    registry.bind(LIVENESS, new LivenessProbe(configuration, database, outbox, watchdog, clock));
    registry.bind(STORE_AVAILABILITY, database.availability());
    registry.bind(HISTORY, new HistoryPurge(database, configuration.historyKeep(), clock));
    api.bind(registry, overview.outboxAdmin(), outbox);
    registry.bind(
        EVENT_PUBLISHER, new EventPublisher(configuration.channels().keySet(), outbox, clock));
    registry.bind(HOST_REPLY, new HostReplyAggregationStrategy());
    registry.bind(HOST_REQUESTS, new BackupRequests(reader, runs));
    registry.bind(AWAIT_OUTCOME, new OutcomePoller(runs, gate, steadyClock));
    registry.bind(MAIL_CHANNEL, mails);
    notifyModule.bind(registry);
    triggerModule.bind(registry);
    mailServers.forEach(registry::bind);
    registry.bind(ISOLATED_EXCHANGES, exchanges);
    registry.bind(RUN_LAUNCHER, claimedRuns);
    backup.bind(context);
    overview.bind(context, claims, triggerModule.triggers(), steadyClock);
  }

  /**
   * At the start of a service: which sites are watched, and what waits for channels that are gone.
   */
  void start() {
    watchdog.start();
    outbox.parkForRemovedChannels();
    triggerModule.start();
  }

  public TriggerModule triggerModule() {
    return triggerModule;
  }

  public RunGuard gate() {
    return gate;
  }

  /** After Camel has stopped; a run that is still at work is left as its last checkpoint says. */
  void stopRuns() {
    exchanges.close();
    runThreads.shutdownNow();
  }

  public RunClaimer claims() {
    return claims;
  }

  ScheduleTriggers scheduleTriggers() {
    return triggers;
  }

  ScheduleRoutes scheduleRoutes() {
    return scheduleRoutes;
  }

  public RunQueries runs() {
    return runs;
  }

  public MonitoringModule overview() {
    return overview;
  }

  public Outbox outbox() {
    return outbox;
  }

  public RequestReader reader() {
    return reader;
  }

  public RequestRepository requests() {
    return requests;
  }

  public StopService stopService() {
    return api.stopService();
  }

  public ScheduleCalculator schedules() {
    return schedules;
  }

  public MessageRenderer texts() {
    return texts;
  }

  public EventJson json() {
    return json;
  }

  public FailureTranslator failures() {
    return backup.failures();
  }
}
