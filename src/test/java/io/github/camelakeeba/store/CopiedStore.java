package io.github.camelakeeba.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Stores in memory whose tables are those that the migrations have made once for this process: they
 * take a quarter of the start of a product otherwise.
 */
public final class CopiedStore {
  private static List<String> tables;

  private CopiedStore() {}

  /** A new one, as {@link Database#memory} makes it. */
  public static Database memory(String name, int connections) {
    try (Connection connection = DriverManager.getConnection(Database.memoryUrl(name), "sa", "");
        Statement statement = connection.createStatement()) {
      for (String each : tables()) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tables can't be copied", e);
    }
    return Database.memory(name, connections);
  }

  private static synchronized List<String> tables() {
    if (tables == null) {
      try (Database migrated = Database.memory("migrated", 2)) {
        tables = script(migrated);
      }
    }
    return tables;
  }

  /** The statements that make such a store, with what is in it. */
  static List<String> script(Database database) {
    return database.jdbc().queryForList("script nopasswords", String.class);
  }
}
