package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.live.CurrentConfiguration;
import io.github.camelakeeba.health.SchedulerHealthCheck;
import io.github.camelakeeba.health.SourcesHealthCheck;
import io.github.camelakeeba.keep.ArchiveLocator;
import io.github.camelakeeba.notify.channel.CamelChannel;
import io.github.camelakeeba.observe.Telemetry;
import io.github.camelakeeba.reload.ConfigurationFiles;
import io.github.camelakeeba.reload.ConfigurationSource;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.service.settings.TlsSettings;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.trigger.TriggerRoutes;
import io.github.camelakeeba.trigger.WebhookAuthenticator;
import io.github.camelakeeba.watch.MissedFireDetector;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The running product: Camel with the shipped routes and the store; on its own or in a host. */
public final class Service implements AutoCloseable {
  private final Home home;
  private final Plan plan;
  private final Main main;
  private CamelContext context;
  private Settings settings;
  private CurrentConfiguration current;
  private Database database;
  private ServiceModule beans;
  private WebServer api;

  /** What is to be started. */
  public record Plan(
      ConfigurationSource configuration,
      Function<CamelContext, Database> database,
      ClaimPolicy claiming,
      boolean schedules,
      WebServer.Factory api, // null: nothing is served
      Timings timings) {}

  private Service(Home home, Plan plan, Main main) {
    this.home = home;
    this.plan = plan;
    this.main = main;
  }

  /** Throws what the configuration, the store or Camel throw; then nothing is left open. */
  public static Service start(Home home, Plan plan) throws Exception {
    Service service = new Service(home, plan, new Main());
    try {
      service.start();
      return service;
    } catch (Exception e) {
      service.close();
      throw RouteErrors.explain(e, service::routeDifferences);
    }
  }

  /**
   * Puts it into a host's context, which has not started yet and goes on to belong to the host. The
   * host calls {@link #quiesce} before its routes stop, and {@link #shutDown} once Camel has
   * stopped. Throws what the configuration, the store or Camel throw; then nothing is left open.
   */
  public static Service embed(CamelContext context, Home home, Plan plan) throws Exception {
    Service service = new Service(home, plan, null);
    try {
      service.prepare(context);
      PluginHelper.getRoutesLoader(context).loadRoutes(routes(context, home));
      service.addTemplatedRoutes(context);
      return service;
    } catch (Exception e) {
      service.shutDown();
      throw RouteErrors.explain(e, known -> List.of());
    }
  }

  /** All but those of the HTTP API and its pages: a host has its own. */
  private static Collection<Resource> routes(CamelContext context, Home home) throws Exception {
    List<Resource> routes = new ArrayList<>(RouteFolder.shipped(context));
    routes.removeIf(route -> route.getLocation().matches(".*/(api|observe)[a-z-]*[.]camel[.]yaml"));
    if (routes.isEmpty()) {
      throw new IllegalStateException(
          "the routes of camel-akeeba-backup are not on the class path");
    }
    // a host that names no home works in a folder of its own, whose routes are not ours to load
    if (!Settings.text(context, "home", "").isEmpty()) {
      routes.addAll(home.routes().local(context));
    }
    return routes;
  }

  /** What of the home's routes is not as this version ships it, a sentence each. */
  public List<String> routeDifferences() {
    return routeDifferences("");
  }

  private List<String> routeDifferences(String reported) {
    return context == null ? List.of() : home.routes().differences(context, reported);
  }

  /** A sentence on each template of the user that does not work, or that no channel uses. */
  public List<String> templateProblems() {
    return beans.renderer().problems(configuration().channels().values());
  }

  private void start() throws Exception {
    Telemetry.quietExporters();
    // no application.properties of the class path
    main.setDefaultPropertyPlaceholderLocation("false");
    main.setPropertyPlaceholderLocations(OfflineHome.location(home));
    Properties fixed = new Properties();
    try (InputStream in = Service.class.getResourceAsStream("/camel-akeeba-backup.properties")) {
      fixed.load(in);
    }
    fixed.forEach((key, value) -> main.addInitialProperty(key.toString(), value.toString()));
    main.addInitialProperty(
        "camel.main.shutdownTimeout", String.valueOf(plan.timings().shutdownTimeout().toSeconds()));
    // Main would parse each file twice
    main.configure().setRoutesIncludePattern("false");
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport support) {
            prepare(support.getCamelContext());
            // for the API's responses; among a host's beans it would become the host's own mapper
            context.getRegistry().bind("backup-json-mapper", beans.json().mapper());
          }

          @Override
          public void afterConfigure(BaseMainSupport support) {
            loadRoutes();
            addTemplatedRoutes(support.getCamelContext());
          }
        });
    main.setShutdownStrategy(new SimpleMainShutdownStrategy()); // the commands decide when to stop
    main.start();
    if (plan.api() != null) {
      api = plan.api().start(served(), context, plan.timings());
    }
  }

  private WebServer.Served served() {
    WebhookAuthenticator hooks =
        new WebhookAuthenticator(() -> configuration().triggers(), Clock.systemUTC());
    boolean withoutToken = !hooks.paths().isEmpty() || settings.observe().served(false);
    return new WebServer.Served(
        settings.api() == null && withoutToken ? Settings.withoutToken(context) : settings.api(),
        settings.observe(),
        hooks);
  }

  /** Throws {@link ConfigurationException} where API and hooks can't be served; opens no port. */
  public void checkApi() {
    Settings.Api served = served().api();
    if (served != null) {
      served.checkHost();
      settings.observe().checkHost();
      TlsSettings.serverContext(context());
    }
  }

  private void prepare(CamelContext camel) {
    context = camel;
    context.getPropertiesComponent().addPropertiesSource(new TimingSource(plan.timings()));
    settings = Settings.of(context);
    Settings.maskOtherPasswords(context);
    // before they are read: opening the store may take as long as its server is away
    ConfigurationFiles files = new ConfigurationFiles(home.config(), settings.reloadWatch());
    Supplier<Configuration> source =
        () -> plan.configuration().read(context::resolvePropertyPlaceholders);
    current = new CurrentConfiguration(source.get());
    database = plan.database().apply(context);
    beans = ServiceModule.bind(home, plan, settings, current, database, context);
    bindReload(source, files);
    if (plan.claiming() == ClaimPolicy.ALL) {
      beans.start();
    }
    HealthCheckRegistry.get(context)
        .register(new SourcesHealthCheck(database.availability(), () -> configuration().sources()));
    if (plan.schedules()) {
      HealthCheckRegistry.get(context)
          .register(
              new SchedulerHealthCheck(
                  beans.scheduler().registerComponent(),
                  new MissedFireDetector(database, Clock.systemUTC())));
    }
  }

  private void bindReload(Supplier<Configuration> source, ConfigurationFiles files) {
    ReloadModule reloads = beans.reloads();
    reloads.check(next -> CamelChannel.checkEndpoints(context, next));
    reloads.check(next -> CamelChannel.checkEndpoints(context, next.archiveEndpoints()));
    reloads.check(next -> new TriggerRoutes(context, next.triggers()).check());
    reloads.after((before, next) -> plan.configuration().taken());
    if (plan.claiming() == ClaimPolicy.ALL) {
      reloads.before((before, next) -> new ConfiguredRoutes(context, before).stopChanged(next));
      reloads.after(
          (before, next) -> new ConfiguredRoutes(context, next).addMissing(plan.schedules()));
    }
    FixedSettings fixed = FixedSettings.of(home);
    boolean hooksCanBeCalled =
        plan.api() == null || settings.api() != null || !served().hooks().paths().isEmpty();
    reloads.bind(
        new BeanBinder(context.getRegistry()),
        current,
        source,
        next -> fixed.needsRestart(next, hooksCanBeCalled),
        files,
        Clock.systemUTC());
  }

  private void loadRoutes() {
    try {
      PluginHelper.getRoutesLoader(context).loadRoutes(home.routes().all(context));
    } catch (Exception e) {
      throw new RuntimeCamelException(e);
    }
  }

  private void addTemplatedRoutes(CamelContext context) {
    try {
      Configuration configuration = configuration();
      CamelChannel.checkEndpoints(context, configuration);
      CamelChannel.checkEndpoints(context, configuration.archiveEndpoints());
      TriggerRoutes triggers = new TriggerRoutes(context, configuration.triggers());
      triggers.check();
      ConfiguredRoutes routes = new ConfiguredRoutes(context, configuration);
      switch (plan.claiming()) {
        case NONE -> routes.excludeTimers();
        case ALL -> {
          routes.addDispatchers();
          triggers.add();
        }
        default -> {
          routes.addDispatchers();
          routes.exclude("backup-watchdog");
          routes.exclude("backup-prove-due");
          routes.exclude("backup-recheck");
          routes.exclude("backup-inspect-due");
          routes.exclude("backup-trigger-watch");
        }
      }
      if (plan.schedules()) {
        beans.scheduler().addRoute();
        routes.addHeartbeat();
      }
      plan.configuration().taken();
    } catch (ConfigurationException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the routes of channels and schedules can't be made", e);
    }
  }

  public CamelContext context() {
    return context;
  }

  /** The one that holds now. */
  public Configuration configuration() {
    return current.get();
  }

  public Timings timings() {
    return plan.timings();
  }

  public ServiceModule beans() {
    return beans;
  }

  /** Where archives can be read; by its routes, so only while it runs. */
  public ArchiveLocator archives() {
    return context
        .getRegistry()
        .lookupByNameAndType(RunModule.ARCHIVE_LOCATOR, ArchiveLocator.class);
  }

  /** The address of the HTTP API, or null when it is off. */
  public URI apiAddress() {
    return api == null ? null : api.address();
  }

  /** Stops claiming, waits up to {@code shutdownTimeout} for calls in flight, closes the store. */
  @Override
  public void close() throws Exception {
    if (beans != null) {
      beans.guard().close(); // callers that wait for an outcome are answered now
    }
    if (api != null) {
      api.close();
    }
    quiesce();
    main.stop();
    shutDown();
  }

  /** From here on nothing new begins: no claim, no fire of a schedule, no next call of a run. */
  public void quiesce() throws Exception {
    if (beans != null) {
      beans.guard().close();
      database.stopRetrying();
      if (beans.reloads().reload() != null) {
        beans.reloads().reload().close(); // else it starts what Camel has just stopped
      }
      if (plan.schedules()) {
        beans.scheduleTriggers().standBy();
      }
    }
  }

  /** After Camel has stopped: leaves runs as their last checkpoints say, and closes the store. */
  public void shutDown() {
    if (beans != null) {
      beans.stopRuns();
      beans.heartbeat().deregister();
    }
    if (database != null) {
      database.close();
    }
  }
}
