package io.github.camelakeeba.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Drops the unique index of {@code run.request_id}: that a request's id is taken once is the
 * promise of {@code request.id} since V4, and no query looks for a run by it. H2 takes a row that
 * is updated out of each index and puts it back, so it cost each checkpoint 8 % of its CPU
 * (measured: docs/reference/performance.md).
 *
 * <p>In Java, since H2 has given the constraint a name of its own.
 */
final class RequestIdMigration implements JavaMigration {
  private static final String NAMES =
      """
      select k.constraint_name from information_schema.key_column_usage k
      join information_schema.table_constraints t
        on t.constraint_schema = k.constraint_schema and t.constraint_name = k.constraint_name
      where k.table_schema = current_schema and k.table_name = 'run'
        and k.column_name = 'request_id' and t.constraint_type = 'UNIQUE'
      """;

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    try (Statement statement = connection.createStatement()) {
      for (String name : names(statement)) {
        statement.execute("alter table run drop constraint " + name);
      }
    }
  }

  private static List<String> names(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(NAMES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("36");
  }

  @Override
  public String getDescription() {
    return "request id";
  }

  @Override
  public Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }
}
