package io.github.camelakeeba.store;

import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Distinguishes a store that is unavailable, full or locked from a wrong statement. */
public final class TransientStoreErrors {
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

  private TransientStoreErrors() {}

  /** Whether the same statement may succeed later. */
  public static boolean isTransient(Throwable thrown) {
    return causes(thrown)
        .anyMatch(
            t ->
                t instanceof DataAccessResourceFailureException
                    || t instanceof CannotCreateTransactionException
                    || t instanceof StoreUnavailableException
                    || isH2StoreException(t)
                    // what failed before the rollback did
                    || t instanceof TransactionSystemException rollback
                        && isTransient(rollback.getApplicationException())
                    || t instanceof SQLException sql && hasTransientCode(sql));
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
  }

  /**
   * Whether no connection of the pool was free in time, while none had failed: the store is there,
   * and this process asks for more at once than {@code backup.database.poolSize}.
   */
  public static boolean isPoolExhausted(Throwable thrown) {
    return causes(thrown)
        .anyMatch(
            t ->
                t instanceof SQLTransientConnectionException
                    && t.getCause() == null
                    && String.valueOf(t.getMessage()).contains("request timed out"));
  }

  /** Whether a commit failed: it may have been done all the same. */
  public static boolean isCommitFailure(Throwable thrown) {
    return causes(thrown)
        .map(t -> String.valueOf(t.getMessage()))
        .anyMatch(text -> text.startsWith("JDBC commit") || text.startsWith("Could not commit"));
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
      if ((t instanceof SQLException || t instanceof IOException) && t.getMessage() != null) {
        String message = t.getMessage().replaceFirst("(?s); SQL statement:.*", "");
        reason = UntrustedText.oneLine(prefixed(t, message), 200);
      }
    }
    return reason;
  }

  /** The message of some is no more than a name. */
  private static String prefixed(Throwable thrown, String message) {
    if (thrown instanceof UnknownHostException) {
      return "unknown host " + message;
    }
    if (thrown instanceof AccessDeniedException) {
      return "permission denied for %s; let it belong to the user %s"
          .formatted(message, System.getProperty("user.name"));
    }
    return thrown instanceof FileAlreadyExistsException
        ? message + " is no folder; move it elsewhere"
        : message;
  }

  /** Whether the embedded H2 has closed itself under this connection. */
  static boolean isConnectionDead(SQLException thrown) {
    return TRANSIENT_H2_CODES.contains(thrown.getErrorCode())
        || causes(thrown).anyMatch(TransientStoreErrors::isH2StoreException);
  }

  private static boolean isH2StoreException(Throwable thrown) {
    return thrown.getClass().getName().equals("org.h2.mvstore.MVStoreException");
  }
}
