package io.github.camelakeeba.store;

import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells a store that is away, full or locked from a statement that is wrong. */
public final class TransientStoreErrors {
  private static final int MAX_REASON_LENGTH = 200;

  /** SQLSTATE: connection, deadlock, read-only, lock, resources, query cancelled, shutdown, I/O. */
  private static final Pattern TRANSIENT_SQL_STATES =
      Pattern.compile("08...|40001|40P01|25006|55P03|HYT00|53...|57014|57P..|58...");

  /**
   * H2's own numbers ({@code org.h2.api.ErrorCode}): I/O exception, file corrupted, I/O exception,
   * connection broken, database read-only, closed, called at shutdown. By number, as its exception
   * below is by name: an application on PostgreSQL has no H2.
   */
  private static final Set<Integer> TRANSIENT_H2_CODES =
      Set.of(90028, 90030, 90031, 90067, 90097, 90098, 90121);

  private static final String H2_STORE_EXCEPTION = "org.h2.mvstore.MVStoreException";

  private TransientStoreErrors() {}

  /** Whether the same statement may well be taken later. */
  public static boolean isTransient(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof DataAccessResourceFailureException
          || t instanceof CannotCreateTransactionException
          || t instanceof StoreUnavailableException
          || ofH2Store(t)
          || t instanceof TransactionSystemException rollback
              && isTransient(
                  rollback.getApplicationException()) // what failed before the rollback did
          || t instanceof SQLException sql && hasTransientCode(sql)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether no connection of the pool was free in time, while none had failed: the store is there,
   * and this process asks for more at once than {@code backup.database.poolSize}.
   */
  public static boolean isPoolExhausted(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLTransientConnectionException
          && t.getCause() == null
          && String.valueOf(t.getMessage()).contains("request timed out")) {
        return true;
      }
    }
    return false;
  }

  /** Whether it failed in a commit, so that it may have been taken all the same. */
  public static boolean isCommitFailure(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (message.startsWith("JDBC commit") || message.startsWith("Could not commit")) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasTransientCode(SQLException sql) {
    if ("No suitable driver".equals(sql.getMessage())) {
      return false; // it has the SQLSTATE of a connection that failed
    }
    return sql.getCause() instanceof InterruptedException // the pool, while this process stops
        || sql instanceof SQLTransientException
        || sql instanceof SQLRecoverableException
        || sql.getSQLState() != null && TRANSIENT_SQL_STATES.matcher(sql.getSQLState()).matches()
        || TRANSIENT_H2_CODES.contains(sql.getErrorCode());
  }

  /** What is wrong in one line, as the innermost cause says it. */
  public static String reason(Throwable thrown) {
    if (thrown instanceof TransactionSystemException rollback
        && rollback.getApplicationException() != null) {
      return reason(rollback.getApplicationException()); // what failed before the rollback did
    }
    String reason = thrown.getClass().getSimpleName();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      boolean tells = t instanceof SQLException || t instanceof IOException;
      if (tells && t.getMessage() != null) {
        reason = t instanceof UnknownHostException ? "unknown host " + t.getMessage() : oneLine(t);
      }
    }
    return reason;
  }

  private static String oneLine(Throwable thrown) {
    return UntrustedText.oneLine(
        thrown.getMessage().replaceFirst("(?s); SQL statement:.*", ""), MAX_REASON_LENGTH);
  }

  /** Whether the embedded H2 has closed itself under this connection. */
  static boolean isConnectionDead(SQLException thrown) {
    boolean dead = TRANSIENT_H2_CODES.contains(thrown.getErrorCode());
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      dead |= ofH2Store(t);
    }
    return dead;
  }

  private static boolean ofH2Store(Throwable thrown) {
    return thrown.getClass().getName().equals(H2_STORE_EXCEPTION);
  }
}
