package io.github.camelakeeba.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store: embedded H2 in a file, or PostgreSQL; migrated before it is used. */
public final class Database implements AutoCloseable {
  private static final String H2_OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
          // acknowledged must mean written: the default delays the write by 500 ms
          + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DEFAULT_LOCK_TIMEOUT=10000"
          // else a file beside it grows by a stack trace a failure, on a disk that is full
          + ";TRACE_LEVEL_FILE=0"
          // parsed statements a connection; of the default of 8 none would be met again
          + ";QUERY_CACHE_SIZE=64";
  private static final long CONNECTION_TIMEOUT = 3_000; // milliseconds
  private static final long CONNECTION_TIMEOUT_AT_STOP = 250; // milliseconds, without a store

  /** The PostgreSQL driver's own names, seconds; what the URL says wins. */
  private static final Map<String, String> POSTGRES_TIMEOUTS =
      Map.of("connectTimeout", "3", "socketTimeout", "10", "tcpKeepAlive", "true");

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private StoreFolder folder;
  private final HikariDataSource dataSource;
  private final TransactionTemplate transaction;
  private final JdbcTemplate jdbc;
  private final JdbcClient client;
  private final NodeConnections node;
  private final GroupCommit groups;
  private final StoreAvailability availability = new StoreAvailability(Clock.systemUTC());
  private final StoreRetry storeRetry = new StoreRetry(availability);

  private Database(HikariConfig config) {
    int connections = config.getMaximumPoolSize();
    boolean onePool = embedded(config.getJdbcUrl());
    if (onePool) {
      config.setMaximumPoolSize(connections + NodeConnections.HEARTBEAT_CLAIM_AND_GROUPS);
    }
    Pool pool = new Pool(config, connections);
    dataSource = pool;
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    jdbc = new JdbcTemplate(dataSource);
    client = JdbcClient.create(jdbc);
    node = onePool ? NodeConnections.of(pool::pastTheLine) : NodeConnections.apart(config);
    groups = new GroupCommit(jdbc, transaction, node.jdbc(), node.transaction(), embedded());
  }

  /** A pool behind its line. */
  private static final class Pool extends HikariDataSource {
    private final ConnectionLine line;

    Pool(HikariConfig config, int atOnce) {
      super(config);
      line = new ConnectionLine(atOnce);
    }

    @Override
    public Connection getConnection() throws SQLException {
      return line.pass(this::pastTheLine);
    }

    Connection pastTheLine() throws SQLException {
      return super.getConnection();
    }
  }

  /**
   * H2 in {@code <folder>/backup.mv.db}; the folder belongs to one process at a time, and only its
   * user reads it. Throws what {@link StoreFolder#open} and the driver throw.
   */
  public static Database file(Path folder, int connections) {
    StoreFolder own = StoreFolder.open(folder.toAbsolutePath());
    try {
      Database database =
          open(
              "jdbc:h2:file:" + folder.toAbsolutePath().resolve("backup") + H2_OPTIONS,
              "sa",
              null,
              connections);
      database.folder = own;
      own.restrictPermissions();
      return database;
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  public static Database memory(String name, int connections) {
    return open(memoryUrl(name), "sa", null, connections);
  }

  static String memoryUrl(String name) {
    return "jdbc:h2:mem:" + name + H2_OPTIONS + ";DB_CLOSE_DELAY=-1";
  }

  /** Any supported JDBC URL; throws what the driver or Flyway throw when it can't be reached. */
  public static Database open(String url, String user, Secret password, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("backup");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password == null ? "" : password.reveal());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT);
    config.setValidationTimeout(2_000);
    config.setExceptionOverride(new EvictClosedH2Connections());
    if (!embedded(url)) {
      // a node that is paused in a transaction would hold its locks, and stop every other node
      config.setConnectionInitSql("set idle_in_transaction_session_timeout = '10s'");
      POSTGRES_TIMEOUTS.forEach(config::addDataSourceProperty);
    }
    Database database = new Database(config);
    FluentConfiguration flyway = Flyway.configure(Database.class.getClassLoader());
    try {
      // not with the pool's connections: while it migrates Flyway leaves one idle in a transaction
      (embedded(url)
              ? flyway.dataSource(database.dataSource)
              : flyway.dataSource(url, user, config.getPassword()))
          .locations("classpath:camel-akeeba-backup/migration")
          .javaMigrations(new QuartzSchemaMigration(), new RequestIdMigration())
          .placeholders(Map.of("stored", embedded(url) ? "" : "stored")) // of generated columns
          .table("schema_history")
          .load()
          .migrate();
      database.probe();
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return database;
  }

  /** A store that can't be written is reported at the start. */
  private void probe() {
    together(
        () -> {
          jdbc.update("delete from latch where name = 'probe'");
          jdbc.update("insert into latch (name) values ('probe') on conflict do nothing");
        });
  }

  /** Whether it is H2, which this process alone uses. */
  public boolean embedded() {
    return embedded(dataSource.getJdbcUrl());
  }

  private static boolean embedded(String url) {
    return url.startsWith("jdbc:h2:");
  }

  public HikariDataSource dataSource() {
    return dataSource;
  }

  public NodeConnections node() {
    return node;
  }

  public StoreAvailability availability() {
    return availability;
  }

  /** Repeats the work until the store accepts it or this process stops. */
  public void retry(Runnable work) {
    retry(
        () -> {
          work.run();
          return null;
        });
  }

  public <T> T retry(Supplier<T> work) {
    return storeRetry.execute(work);
  }

  /** The same for work in one transaction, which is repeated as a whole. */
  public <T> T retryInTransaction(Supplier<T> work) {
    return retry(() -> transaction.execute(status -> work.get()));
  }

  public void retryInTransaction(Runnable work) {
    retry(() -> together(work));
  }

  /** Does the work in one transaction, once. */
  public void together(Runnable work) {
    transaction.executeWithoutResult(status -> work.run());
  }

  /** From here on nothing waits for a store that is unavailable: this process stops. */
  public void stopRetrying() {
    storeRetry.stop();
    if (availability.unavailable()) {
      dataSource.getHikariConfigMXBean().setConnectionTimeout(CONNECTION_TIMEOUT_AT_STOP);
      node.setConnectionTimeout(CONNECTION_TIMEOUT_AT_STOP);
    }
  }

  public JdbcClient.StatementSpec sql(String statement) {
    return client.sql(statement);
  }

  /** How many rows there are of these, a table and a condition. */
  public int count(String rows, Object... values) {
    return sql("select count(*) from " + rows).params(values).query(Integer.class).single();
  }

  public JdbcTemplate jdbc() {
    return jdbc;
  }

  public TransactionTemplate transaction() {
    return transaction;
  }

  /** For lone changes that many callers make at the same time; not repeated, see {@link #retry}. */
  public GroupCommit groups() {
    return groups;
  }

  @Override
  public void close() {
    groups.close();
    if (!dataSource.isClosed() && dataSource.getJdbcUrl().startsWith("jdbc:h2:mem:")) {
      try {
        jdbc.execute("shutdown"); // else it stays in memory for as long as the JVM lives
      } catch (DataAccessException e) {
        LOG.debug("the store in memory could not be given up", e);
      }
    }
    node.close();
    dataSource.close();
    if (folder != null) {
      folder.close();
    }
  }

  /**
   * A connection to an H2 that has closed itself, as it does when the disk is full, must leave the
   * pool: only after the last one H2 opens its file anew. To the pool and to H2 such a connection
   * is valid (measured: 2.5.252).
   */
  private static final class EvictClosedH2Connections implements SQLExceptionOverride {
    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException thrown) {
      return TransientStoreErrors.isConnectionDead(thrown)
          ? SQLExceptionOverride.Override.MUST_EVICT
          : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
  }
}
