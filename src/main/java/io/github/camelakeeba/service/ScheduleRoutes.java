package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.health.SchedulerHealthCheck;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.watch.MissedFireDetector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzConstants;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.service.ServiceHelper;
import org.quartz.JobExecutionContext;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;
import org.quartz.listeners.JobListenerSupport;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Quartz route a schedule; Quartz keeps its triggers in the database. */
public final class ScheduleRoutes {
  /** Quartz's group of all our triggers; the trigger's name is the site's. */
  public static final String GROUP = "backup";

  static final String SCHEME = "backup-quartz"; // our own component, apart from a host's quartz

  /** In the store since the first version, so it stays; the same in every process. */
  static final String NAME = "camel-akeeba-backup-camel-akeeba-backup";

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleRoutes.class);

  private final CamelContext context;
  private final Configuration configuration;
  private final Database database;
  private final ScheduleTriggers triggers;
  private final String node;

  ScheduleRoutes(
      CamelContext context,
      Configuration configuration,
      Database database,
      ScheduleTriggers triggers,
      String node) {
    this.context = context;
    this.configuration = configuration;
    this.database = database;
    this.triggers = triggers;
    this.node = node;
  }

  void registerComponent() {
    String store = "backup-" + node;
    DBConnectionManager.getInstance()
        .addConnectionProvider(store, new StoreConnectionProvider(database));
    Map<String, Object> properties = new HashMap<>();
    properties.put("org.quartz.scheduler.instanceName", NAME);
    // Quartz adds 13 digits to it, in a column of 95 characters; its end is what makes it unique
    properties.put(
        "org.quartz.scheduler.instanceId", node.substring(Math.max(0, node.length() - 80)));
    properties.put("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.put("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.put("org.quartz.threadPool.threadCount", "10");
    properties.put("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.put(
        "org.quartz.jobStore.driverDelegateClass",
        database.embedded()
            ? "org.quartz.impl.jdbcjobstore.StdJDBCDelegate"
            : "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    properties.put("org.quartz.jobStore.dataSource", store);
    properties.put("org.quartz.jobStore.useProperties", "true");
    properties.put("org.quartz.jobStore.isClustered", String.valueOf(!database.embedded()));
    // milliseconds; a fire that is later than this is a misfire
    properties.put("org.quartz.jobStore.misfireThreshold", "5000");
    QuartzComponent quartz = new QuartzComponent();
    quartz.setProperties(properties);
    quartz.setPrefixInstanceName(false); // the name of a host's context may change
    quartz.setEnableJmx(false);
    quartz.setAutowiredEnabled(false); // else a lone scheduler of the host would get our triggers
    context.addComponent(SCHEME, quartz);
    HealthCheckRegistry.get(context)
        .register(
            new SchedulerHealthCheck(
                quartz::getScheduler, new MissedFireDetector(database, Clock.systemUTC())));
  }

  void addRoutes() throws Exception {
    QuartzComponent quartz = context.getComponent(SCHEME, QuartzComponent.class);
    ServiceHelper.startService(quartz); // makes the scheduler; it fires only once Camel has started
    // else another Camel context in this JVM would find this scheduler by its name, and share it
    SchedulerRepository.getInstance().remove(NAME);
    quartz.getScheduler().getListenerManager().addJobListener(new CurrentContextListener(context));
    triggers.attach(quartz.getScheduler());
    triggers.reconcile();
    for (Site site : configuration.sites().values()) {
      if (triggers.hasFutureFires(site)) {
        TemplatedRouteBuilder.builder(context, "backup-schedule")
            .routeId("backup-schedule-" + site.name())
            .parameter("site", site.name())
            .parameter("cron", site.schedule())
            .parameter("zone", site.zone().getId())
            .add();
      } else if (site.enabled() && site.schedule() != null) {
        LOG.warn("sites.{}.schedule: never fires again", site.name());
      }
    }
  }

  /**
   * A stored job names the context that made it, and Camel finds no other for it: an earlier start
   * or another node may have had another name.
   */
  private static final class CurrentContextListener extends JobListenerSupport {
    private final CamelContext context;

    CurrentContextListener(CamelContext context) {
      this.context = context;
    }

    @Override
    public String getName() {
      return "backup-any-context";
    }

    @Override
    public void jobToBeExecuted(JobExecutionContext job) {
      String name = job.getMergedJobDataMap().getString(QuartzConstants.QUARTZ_CAMEL_CONTEXT_NAME);
      try {
        job.getScheduler()
            .getContext()
            .put(QuartzConstants.QUARTZ_CAMEL_CONTEXT + "-" + name, context);
      } catch (SchedulerException e) {
        LOG.warn("the schedule of {} may not fire", job.getTrigger().getKey().getName(), e);
      }
    }
  }

  /** Quartz keeps it for as long as the JVM lives, so it releases the database. */
  private static final class StoreConnectionProvider implements ConnectionProvider {
    private volatile Database database;

    StoreConnectionProvider(Database database) {
      this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Database open = database;
      if (open == null) {
        throw new SQLException("Quartz has been stopped");
      }
      return open.dataSource().getConnection();
    }

    @Override
    public void shutdown() {
      database = null; // the pool is the service's; it outlives Quartz
    }

    @Override
    public void initialize() {} // the pool is open
  }
}
