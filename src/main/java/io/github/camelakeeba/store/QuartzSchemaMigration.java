package io.github.camelakeeba.store;

import java.sql.Connection;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.quartz.Scheduler;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The tables of Quartz's job store, made by the script that Quartz ships for the database. */
final class QuartzSchemaMigration implements JavaMigration {
  private static final String TABLES =
      "FIRED_TRIGGERS PAUSED_TRIGGER_GRPS SCHEDULER_STATE LOCKS SIMPLE_TRIGGERS CRON_TRIGGERS"
          + " SIMPROP_TRIGGERS BLOB_TRIGGERS TRIGGERS JOB_DETAILS CALENDARS";

  @Override
  public void migrate(Context context) throws Exception {
    Connection connection = context.getConnection();
    boolean h2 = "H2".equals(connection.getMetaData().getDatabaseProductName());
    String script = "org/quartz/impl/jdbcjobstore/tables_%s.sql".formatted(h2 ? "h2" : "postgres");
    // H2 commits each statement by itself, so a process killed in the script leaves some tables
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES.split(" ")) {
        statement.execute("drop table if exists QRTZ_" + table + " cascade");
      }
    }
    ScriptUtils.executeSqlScript(
        connection,
        new EncodedResource(new ClassPathResource(script, Scheduler.class.getClassLoader())));
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("2");
  }

  @Override
  public String getDescription() {
    return "quartz job store";
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
