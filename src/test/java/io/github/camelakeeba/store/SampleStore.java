package io.github.camelakeeba.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The stores of a test class: an H2 in memory, which is a new one each time, or a database of the
 * shared PostgreSQL, which is opened again with what is in it.
 */
public final class SampleStore {
  private String postgres;

  /** {@code h2}, else PostgreSQL; with so many connections. */
  public synchronized Database open(String kind, int connections) {
    if (kind.equals("h2")) {
      return CopiedStore.memory("sample-" + UUID.randomUUID(), connections);
    }
    if (postgres == null) {
      try {
        postgres = SharedPostgres.newDatabase();
      } catch (IOException | SQLException e) {
        throw new IllegalStateException("there is no PostgreSQL", e);
      }
    }
    return Database.open(postgres, "postgres", null, connections);
  }
}
