package io.github.camelakeeba.run;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.quartz.Scheduler;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The tables of Quartz's job store, made by the script that Quartz ships for the database. */
final class QuartzTables implements JavaMigration {

  @Override
  public void migrate(Context context) throws Exception {
    String product = context.getConnection().getMetaData().getDatabaseProductName();
    String script =
        "org/quartz/impl/jdbcjobstore/tables_"
            + ("H2".equals(product) ? "h2" : "postgres")
            + ".sql";
    ScriptUtils.executeSqlScript(
        context.getConnection(),
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
