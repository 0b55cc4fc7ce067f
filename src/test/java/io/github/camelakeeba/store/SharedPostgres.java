package io.github.camelakeeba.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL for all classes of a process, and a database for each who asks. It ends with the
 * process. Who stops it in the middle of a test starts an {@link EmbeddedPostgres} of its own.
 */
public final class SharedPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static EmbeddedPostgres postgres;

  private SharedPostgres() {}

  /** The JDBC URL of a new, empty database of the user postgres, who needs no password. */
  public static synchronized String newDatabase() throws IOException, SQLException {
    if (postgres == null) {
      postgres = EmbeddedPostgres.start();
    }
    String name = "tests_" + DATABASES.incrementAndGet();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return postgres.getJdbcUrl("postgres", name);
  }
}
