package io.github.camelakeeba.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.JdbcTemplate;

/** A store as an earlier version has left it. */
final class OlderStore {
  private OlderStore() {}

  /** The JDBC URL of the H2 file in the folder, as the program opens it. */
  static String h2(Path folder) {
    return "jdbc:h2:file:"
        + folder.resolve("backup")
        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
  }

  /** Makes the tables of this version, and writes what is in them. */
  static void write(String url, String version, Consumer<JdbcTemplate> rows) {
    try (HikariDataSource source = new HikariDataSource()) {
      source.setJdbcUrl(url);
      source.setUsername(url.startsWith("jdbc:h2") ? "sa" : "postgres");
      source.setPassword("");
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:camel-akeeba-backup/migration")
          .javaMigrations(new QuartzSchemaMigration(), new RequestIdMigration())
          .placeholders(Map.of("stored", url.startsWith("jdbc:h2") ? "" : "stored"))
          .table("schema_history")
          .target(MigrationVersion.fromVersion(version))
          .load()
          .migrate();
      rows.accept(new JdbcTemplate(source));
    }
  }
}
