package io.github.camelakeeba.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;

/**
 * The line before a pool of connections, first come, first served. A pool gives up on each that
 * waits for 3 s, which is right while the store is away. Of ten thousand runs at once most have to
 * wait longer: they gave up and came again, with 67,000 exceptions in a heap of 700 MB (measured),
 * and eight runs started a second. Here they wait for as long as those before them get connections.
 */
final class ConnectionLine {
  /** What opens or borrows a connection. */
  @FunctionalInterface
  interface Pool {
    Connection connection() throws SQLException;
  }

  private final Semaphore turns;

  /** Of the last one who asked the pool; null: it got a connection. */
  private volatile SQLTransientConnectionException failure;

  /** So many ask the pool at the same time. */
  ConnectionLine(int atOnce) {
    turns = new Semaphore(atOnce, true);
  }

  /**
   * A connection of the pool, when it is this caller's turn. Throws what the pool throws; if it
   * gives nobody a connection, all who wait are told so at once.
   */
  Connection pass(Pool pool) throws SQLException {
    takeTurn();
    try {
      Connection connection = pool.connection();
      failure = null;
      return connection;
    } catch (SQLTransientConnectionException e) {
      failure = e;
      throw e;
    } finally {
      turns.release();
    }
  }

  private void takeTurn() throws SQLException {
    // as a pool does: who need not wait is served, interrupted or not
    if (!turns.hasQueuedThreads() && turns.tryAcquire()) {
      return;
    }
    SQLException before = failure;
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while waiting for a connection to the store", e);
    }
    SQLException told = failure;
    if (told != null && told != before) {
      turns.release();
      throw new SQLTransientConnectionException(
          told.getMessage(), told.getSQLState(), told.getErrorCode(), told.getCause());
    }
  }

  /** How many wait for their turn. */
  int length() {
    return turns.getQueueLength();
  }
}
