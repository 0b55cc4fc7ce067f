package io.github.camelakeeba.schedule;

import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.support.service.ServiceHelper;
import org.quartz.Scheduler;
import org.quartz.impl.SchedulerRepository;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz, which says when: a trigger a schedule, in the database, and one route for all. */
public final class BackupScheduler {
  private static final String SCHEME = "backup-quartz"; // our own component, apart from a host's
  private static final String ROUTE = "backup-schedule";

  /** The same in every process. Up to version 0.1 it was another one, with a trigger a site. */
  static final String NAME = "camel-akeeba-backup";

  private final CamelContext context;
  private final Database database;
  private final IsolatedExchanges exchanges;
  private final ScheduleTriggers triggers;
  private final String node;

  public BackupScheduler(
      CamelContext context,
      Database database,
      IsolatedExchanges exchanges,
      ScheduleTriggers triggers,
      String node) {
    this.context = context;
    this.database = database;
    this.exchanges = exchanges;
    this.triggers = triggers;
    this.node = node;
  }

  /** Gives what is asked for the scheduler, which is null until it is made. */
  public Supplier<Scheduler> registerComponent() {
    String store = "backup-" + node;
    DBConnectionManager.getInstance()
        .addConnectionProvider(store, new StoreConnectionProvider(database));
    Map<String, Object> properties = new HashMap<>();
    properties.put("org.quartz.scheduler.instanceName", NAME);
    properties.put(
        "org.quartz.scheduler.instanceId",
        database.embedded()
            // the same after a restart: else Quartz does not repeat the fires of a process that
            // died
            ? NAME
            // Quartz adds 13 digits to it, in a column of 95 characters; its end makes it unique
            : node.substring(Math.max(0, node.length() - 80)));
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
    properties.put(
        "org.quartz.jobStore.driverDelegateInitString",
        "triggerPersistenceDelegateClasses=" + ScheduleTriggerPersistence.class.getName());
    properties.put("org.quartz.jobStore.isClustered", String.valueOf(!database.embedded()));
    // milliseconds; a fire that is later than this is a misfire
    properties.put("org.quartz.jobStore.misfireThreshold", "5000");
    QuartzComponent quartz = new QuartzComponent();
    quartz.setProperties(properties);
    quartz.setPrefixInstanceName(false); // the name of a host's context may change
    quartz.setEnableJmx(false);
    quartz.setAutowiredEnabled(false); // else a lone scheduler of the host would get our triggers
    context.addComponent(SCHEME, quartz);
    return quartz::getScheduler;
  }

  /** Brings the triggers up to date, and adds their route; it fires only once Camel has started. */
  public void addRoute() throws Exception {
    QuartzComponent quartz = context.getComponent(SCHEME, QuartzComponent.class);
    ServiceHelper.startService(quartz); // makes the scheduler
    // else another Camel context in this JVM would find this scheduler by its name, and share it
    SchedulerRepository.getInstance().remove(NAME);
    quartz.getScheduler().setJobFactory((fired, scheduler) -> new ScheduleJob(exchanges));
    triggers.attach(quartz.getScheduler());
    triggers.reconcile();
    TemplatedRouteBuilder.builder(context, ROUTE).routeId(ROUTE).add();
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
