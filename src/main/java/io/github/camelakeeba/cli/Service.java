package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Buses;
import io.github.camelakeeba.run.Claiming;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** The running product: Camel with the shipped routes, the store, and what the routes ask. */
public final class Service implements AutoCloseable {
  private final Home home;
  private final Plan plan;
  private final Main main = new Main();
  private Settings settings;
  private Configuration configuration;
  private Database database;
  private Beans beans;
  private ApiServer api;

  /**
   * What is to be started.
   *
   * @param configuration gives the sites; the operator resolves {@code {{…}}}
   * @param database gives the store; the operator resolves {@code {{…}}}
   * @param claiming which queued runs are taken
   * @param schedules whether the sites' schedules fire
   * @param api whether the HTTP API is served, if a token is configured
   */
  public record Plan(
      Function<UnaryOperator<String>, Configuration> configuration,
      Function<CamelContext, Database> database,
      Claiming claiming,
      boolean schedules,
      boolean api) {}

  private Service(Home home, Plan plan) {
    this.home = home;
    this.plan = plan;
  }

  /**
   * Starts it. Throws what the configuration, the store or Camel throw; then nothing is left open.
   */
  public static Service start(Home home, Plan plan) throws Exception {
    Service service = new Service(home, plan);
    try {
      service.start();
      return service;
    } catch (Exception e) {
      service.close();
      throw RouteFault.explain(e);
    }
  }

  private void start() throws Exception {
    // locations of our own only: an application.properties on the class path is somebody else's
    main.setDefaultPropertyPlaceholderLocation("false");
    main.setPropertyPlaceholderLocations(
        "file:" + home.config().resolve("application.properties") + ";optional=true");
    fixed().forEach((key, value) -> main.addInitialProperty(key.toString(), value.toString()));
    main.configure().setRoutesIncludePattern(home.routes());
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport support) {
            prepare(support.getCamelContext());
          }

          @Override
          public void afterConfigure(BaseMainSupport support) {
            addTemplatedRoutes(support.getCamelContext());
          }
        });
    main.setShutdownStrategy(new SimpleMainShutdownStrategy()); // the commands decide when to stop
    main.start();
    if (plan.api()) {
      api = ApiServer.start(settings.api(), context());
    }
  }

  private static Properties fixed() {
    Properties properties = new Properties();
    try (InputStream in = Service.class.getResourceAsStream("/camel-akeeba-backup.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  private void prepare(CamelContext context) {
    settings = Settings.of(context);
    Settings.hideOthers(context);
    configuration = plan.configuration().apply(context::resolvePropertyPlaceholders);
    database = plan.database().apply(context);
    beans = new Beans(home, plan, settings, configuration, database, context);
    beans.bind();
    if (plan.claiming() == Claiming.ALL) {
      beans.enter();
    }
    if (plan.schedules()) {
      beans.scheduler().use();
    }
  }

  private void addTemplatedRoutes(CamelContext context) {
    try {
      new Buses(configuration.channels()).check(context);
      ConfiguredRoutes routes = new ConfiguredRoutes(context, configuration);
      switch (plan.claiming()) {
        case NONE -> routes.leaveOutTimers();
        case ALL -> routes.addDispatchers();
        default -> {
          routes.addDispatchers();
          routes.leaveOut("backup-watchdog");
        }
      }
      if (plan.schedules()) {
        beans.scheduler().addRoutes();
        routes.addHeartbeat();
      }
    } catch (ConfigurationException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the routes of channels and schedules can't be made", e);
    }
  }

  /** Camel. */
  public CamelContext context() {
    return main.getCamelContext();
  }

  /** What the user configured. */
  public Configuration configuration() {
    return configuration;
  }

  /** What the routes ask. */
  public Beans beans() {
    return beans;
  }

  /** The address of the HTTP API, or null when it is off. */
  public java.net.URI apiAddress() {
    return api == null ? null : api.address();
  }

  /**
   * Stops claiming, lets the answers of calls in flight come in for up to 8 s, and closes the
   * store.
   */
  @Override
  public void close() throws Exception {
    if (beans != null) {
      beans.gate().close(); // who waits for an outcome is answered now
    }
    if (api != null) {
      api.close();
    }
    if (beans != null) {
      database.rest();
      if (plan.schedules()) {
        beans.scheduler().rest();
      }
    }
    main.stop();
    if (beans != null) {
      beans.stopRuns();
      beans.claims().leave();
    }
    if (database != null) {
      database.close();
    }
  }
}
