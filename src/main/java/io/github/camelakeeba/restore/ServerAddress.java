package io.github.camelakeeba.restore;

import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.secret.ComponentKit;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.Sha256;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;

/**
 * Where a database server is, and as whom it is spoken to.
 *
 * @param url as JDBC has it; a schema in it is not used
 * @param user null: the URL says
 * @param password null: none, or the URL says
 */
record ServerAddress(Secret url, String user, Secret password) {
  private static final int CONNECT_TIMEOUT = 30_000; // milliseconds

  static ServerAddress of(RestoreTestSettings settings) {
    return new ServerAddress(settings.database(), settings.user(), settings.password());
  }

  /** Names it, but does not say it. */
  String fingerprint() {
    return Sha256.hex(url.reveal() + '\n' + user);
  }

  /**
   * Several statements at once, and files that the server asks for, are off whatever the URL says.
   * Throws {@link UntestableException} when the driver is not there or the URL is wrong.
   *
   * @param longest that an answer of the server may take
   */
  Connection connect(Duration longest) throws SQLException {
    try {
      Configuration.Builder settings = Configuration.parse(url.reveal()).toBuilder();
      if (user != null) {
        settings.user(user);
      }
      if (password != null) {
        settings.password(password.reveal());
      }
      return Driver.connect(
          settings
              .database(null)
              .allowMultiQueries(false)
              .allowLocalInfile(false)
              .useServerPrepStmts(false)
              .rewriteBatchedStatements(false)
              .createDatabaseIfNotExist(false)
              .dumpQueriesOnException(false)
              .connectTimeout(CONNECT_TIMEOUT)
              .socketTimeout(
                  (int) Math.min(Integer.MAX_VALUE, Math.max(CONNECT_TIMEOUT, longest.toMillis())))
              .build());
    } catch (NoClassDefFoundError e) {
      throw new UntestableException(
          "The driver of MariaDB is missing: %s."
              .formatted(ComponentKit.howToAddClass("org.mariadb.jdbc.Driver")));
    }
  }
}
