package io.github.camelakeeba.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Three connections for what keeps a node going: its heartbeat, its claim and its {@link
 * GroupCommit}, of which each uses one at most. They wait neither for each other nor behind ten
 * thousand runs that share the pool: a node without a heartbeat is taken for dead, and of those
 * runs most wait for a group's commit.
 */
public final class NodeConnections implements AutoCloseable {
  private static final int HEARTBEAT_CLAIM_AND_GROUPS = 3;

  private final HikariDataSource dataSource;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  /** Opens none yet: a command that only reads needs none. */
  NodeConnections(HikariConfig pool) {
    dataSource = new HikariDataSource();
    pool.copyStateTo(dataSource);
    dataSource.setPoolName("backup-node");
    dataSource.setMaximumPoolSize(HEARTBEAT_CLAIM_AND_GROUPS);
    jdbc = new JdbcTemplate(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  public JdbcTemplate jdbc() {
    return jdbc;
  }

  public TransactionTemplate transaction() {
    return transaction;
  }

  void setConnectionTimeout(long milliseconds) {
    dataSource.getHikariConfigMXBean().setConnectionTimeout(milliseconds);
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
