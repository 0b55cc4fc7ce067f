package io.github.camelakeeba.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Three connections for what keeps a node going: its heartbeat, its claim and its {@link
 * GroupCommit}, of which each uses one at most. They wait neither for each other nor behind ten
 * thousand runs that share the pool: a node without a heartbeat is taken for dead, and of those
 * runs most wait for a group's commit.
 *
 * <p>On PostgreSQL they are a pool of their own. H2 has one pool for all: when its file could not
 * be written, H2 lets nobody connect anew while somebody has a connection from before (measured:
 * 2.4.240, "Database may be already in use"), so two pools would lock each other out.
 */
public final class NodeConnections implements AutoCloseable {
  static final int HEARTBEAT_CLAIM_AND_GROUPS = 3;

  private final HikariDataSource own; // null: those of the one pool
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  private NodeConnections(DataSource connections, HikariDataSource own) {
    this.own = own;
    jdbc = new JdbcTemplate(connections);
    transaction = new TransactionTemplate(new JdbcTransactionManager(connections));
  }

  /** A pool of their own; opens none yet: a command that only reads needs none. */
  static NodeConnections apart(HikariConfig pool) {
    HikariDataSource own = new HikariDataSource();
    pool.copyStateTo(own);
    own.setPoolName("backup-node");
    own.setMaximumPoolSize(HEARTBEAT_CLAIM_AND_GROUPS);
    return new NodeConnections(own, own);
  }

  /** Those of a pool that has so many more than its line lets in. */
  static NodeConnections of(ConnectionLine.Pool pool) {
    return new NodeConnections(
        new AbstractDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            return pool.connection();
          }

          @Override
          public Connection getConnection(String user, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException("the pool knows its user");
          }
        },
        null);
  }

  public JdbcTemplate jdbc() {
    return jdbc;
  }

  public TransactionTemplate transaction() {
    return transaction;
  }

  void setConnectionTimeout(long milliseconds) {
    if (own != null) {
      own.getHikariConfigMXBean().setConnectionTimeout(milliseconds);
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
