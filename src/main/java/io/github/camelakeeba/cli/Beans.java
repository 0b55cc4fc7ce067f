package io.github.camelakeeba.cli;

import io.github.camelakeeba.akeeba.Failures;
import io.github.camelakeeba.notify.ChatTexts;
import io.github.camelakeeba.notify.EventJson;
import io.github.camelakeeba.notify.EventSource;
import io.github.camelakeeba.notify.Events;
import io.github.camelakeeba.notify.MailServer;
import io.github.camelakeeba.notify.MailTexts;
import io.github.camelakeeba.notify.Mails;
import io.github.camelakeeba.notify.Outbox;
import io.github.camelakeeba.notify.Recipients;
import io.github.camelakeeba.notify.Texts;
import io.github.camelakeeba.run.Asking;
import io.github.camelakeeba.run.ClaimedRuns;
import io.github.camelakeeba.run.Claiming;
import io.github.camelakeeba.run.Claims;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.run.FreshExchanges;
import io.github.camelakeeba.run.FutureTimes;
import io.github.camelakeeba.run.History;
import io.github.camelakeeba.run.HostAnswer;
import io.github.camelakeeba.run.Installation;
import io.github.camelakeeba.run.MachineErrors;
import io.github.camelakeeba.run.OutcomeEvents;
import io.github.camelakeeba.run.Outcomes;
import io.github.camelakeeba.run.Pulse;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.Requests;
import io.github.camelakeeba.run.RunGate;
import io.github.camelakeeba.run.RunLog;
import io.github.camelakeeba.run.RunStore;
import io.github.camelakeeba.run.Runs;
import io.github.camelakeeba.run.RunsAtWork;
import io.github.camelakeeba.run.SteadyClock;
import io.github.camelakeeba.run.StopDesk;
import io.github.camelakeeba.run.StopMark;
import io.github.camelakeeba.run.Telling;
import io.github.camelakeeba.run.TransactionPolicy;
import io.github.camelakeeba.run.Watchdog;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Schedules;
import io.github.camelakeeba.site.Site;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Everything that the routes ask, made once and bound by the name that the routes use. */
public final class Beans {
  private final CamelContext context;
  private final Configuration configuration;
  private final Database database;
  private final Clock clock = Clock.systemUTC();
  private final SteadyClock steady = new SteadyClock(clock);
  private final Schedules schedules;
  private final Overview overview;
  private final Outbox outbox;
  private final RunStore store;
  private final Runs runs;
  private final Requests requests;
  private final RequestReader reader;
  private final EventSource source;
  private final RunGate gate;
  private final RunsAtWork atWork = new RunsAtWork();
  private final Claims claims;
  private final ScheduleTriggers triggers;
  private final ScheduleRoutes scheduler;
  private final Recipients recipients;
  private final OutcomeEvents outcomeEvents;
  private final Outcomes outcomes;
  private final Watchdog watchdog;
  private final ApiBeans api;
  private final EventJson json = new EventJson();
  private final BackupBeans backup;
  private final Texts texts;
  private final Mails mails;
  private final NotifyBeans notifying;
  private final TriggerBeans triggering;
  private final Map<String, MailServer> mailServers;
  private final RunLog log = new RunLog();
  private final ExecutorService runThreads = RunThreads.make();
  private final FreshExchanges exchanges;
  private final ClaimedRuns claimedRuns;

  Beans(
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
    source = settings.source() == null ? new Installation(database).source() : settings.source();
    String owner = node + "/" + UUID.randomUUID();
    schedules = new Schedules(configuration);
    overview = new Overview(configuration, schedules, database, settings.observing(), clock);
    outbox =
        new Outbox(
            database.dataSource(),
            database::insist,
            owner,
            clock,
            configuration.channels(),
            settings.giveUpAfter(),
            settings.gather(),
            source,
            overview.deliveries());
    store = new RunStore(database, steady);
    runs = new Runs(database);
    requests =
        new Requests(database, site -> sites.get(site).host(), owner, overview.runs(), clock);
    reader = new RequestReader(sites, schedules, overview.runs(), clock);
    gate = new RunGate(store, new StopMark(database), clock);
    claims =
        new Claims(
            database,
            configuration.limits(),
            owner,
            plan.claiming(),
            gate,
            atWork,
            overview.runs(),
            clock);
    triggers = new ScheduleTriggers(context, configuration, schedules, database, clock);
    scheduler = new ScheduleRoutes(context, configuration, database, triggers, owner);
    Events events = new Events(sites, node, source, settings.observing().traces(), clock);
    recipients = new Recipients(configuration);
    outcomeEvents = new OutcomeEvents(events, store);
    outcomes = new Outcomes(store, outcomeEvents, recipients, outbox, overview.runs(), steady);
    watchdog = new Watchdog(configuration, schedules, database, outbox, events, recipients, clock);
    api =
        new ApiBeans(
            configuration, database, overview.status(), runs, gate, outcomes, owner, clock);
    texts = Wording.of(home, configuration, schedules, runs, clock);
    mails = new Mails(configuration.channels(), new MailTexts(texts));
    notifying =
        new NotifyBeans(
            home.folder(),
            configuration.channels(),
            settings.postLimit(),
            clock,
            new ChatTexts(texts));
    triggering =
        new TriggerBeans(
            context,
            configuration.triggers(),
            reader,
            api.api(),
            runs,
            database.dataSource(),
            json.mapper(),
            clock);
    mailServers = MailServer.beans(configuration.channels());
    exchanges = new FreshExchanges(context);
    claimedRuns = new ClaimedRuns(exchanges, runThreads, atWork, log, gate, store, outcomes);
    backup =
        new BackupBeans(
            configuration,
            database,
            store,
            gate,
            home,
            settings.recovery(plan.claiming() == Claiming.ALL),
            steady,
            clock);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  EventSource source() {
    return source;
  }

  void bind() {
    context.getCamelContextExtension().addInterceptStrategy(log);
    Registry registry = context.getRegistry();
    registry.bind("backup-run-store", store);
    registry.bind("backup-run-gate", gate);
    registry.bind("backup-machine-errors", new MachineErrors());
    registry.bind("backup-claims", claims);
    registry.bind("backup-schedule-triggers", triggers);
    registry.bind("backup-clock", steady);
    registry.bind(
        "backup-future-times",
        new FutureTimes(database, configuration.sites(), schedules, claims.node(), clock));
    registry.bind("backup-requests", requests);
    registry.bind("backup-request-reader", reader);
    registry.bind("backup-outcomes", outcomes);
    registry.bind("backup-events", outcomeEvents);
    registry.bind("backup-rules", recipients);
    registry.bind("backup-ending-transaction", new TransactionPolicy(outcomes::inTransaction));
    registry.bind(
        "backup-transaction",
        new TransactionPolicy((exchange, steps) -> database.insistTogether(steps)));
    registry.bind(
        "backup-transaction-once",
        new TransactionPolicy((exchange, steps) -> database.together(steps)));
    registry.bind("backup-outbox", outbox);
    registry.bind("backup-watchdog", watchdog);
    registry.bind("backup-pulse", new Pulse(configuration, database, outbox, watchdog, clock));
    registry.bind("backup-store-watch", database.watch());
    registry.bind("backup-history", new History(database, configuration.historyKeep(), clock));
    api.bind(registry);
    registry.bind("backup-telling", new Telling(configuration.channels().keySet(), outbox, clock));
    registry.bind("backup-answer", new HostAnswer());
    registry.bind("backup-asking", new Asking(reader, runs, gate, steady));
    registry.bind("backup-mails", mails);
    notifying.bind(registry);
    triggering.bind(registry);
    mailServers.forEach(registry::bind);
    registry.bind("backup-fresh-exchanges", exchanges);
    registry.bind("backup-claimed-runs", claimedRuns);
    backup.bind(context);
    overview.bind(context, claims, triggering.triggers(), steady);
  }

  /**
   * At the start of a service: which sites are watched, and what waits for channels that are gone.
   */
  void enter() {
    watchdog.enter();
    outbox.parkStrangers();
    triggering.enter();
  }

  /** What the routes of the triggers ask. */
  public TriggerBeans triggering() {
    return triggering;
  }

  RunGate gate() {
    return gate;
  }

  /** After Camel has stopped; a run that is still at work is left as its last checkpoint says. */
  void stopRuns() {
    exchanges.close();
    runThreads.shutdownNow();
  }

  Claims claims() {
    return claims;
  }

  ScheduleTriggers scheduleTriggers() {
    return triggers;
  }

  ScheduleRoutes scheduler() {
    return scheduler;
  }

  /** Reads runs. */
  public Runs runs() {
    return runs;
  }

  /** How sites and channels stand. */
  public Overview overview() {
    return overview;
  }

  /** Events on their way. */
  public Outbox outbox() {
    return outbox;
  }

  /** Reads wishes. */
  public RequestReader reader() {
    return reader;
  }

  /** The way in. */
  public Requests requests() {
    return requests;
  }

  /** Stops runs. */
  StopDesk stops() {
    return api.stops();
  }

  /** When schedules fire. */
  public Schedules schedules() {
    return schedules;
  }

  /** Messages in words. */
  public Texts texts() {
    return texts;
  }

  /** Events as JSON. */
  public EventJson json() {
    return json;
  }

  /** Why a call failed. */
  public Failures failures() {
    return backup.failures();
  }
}
