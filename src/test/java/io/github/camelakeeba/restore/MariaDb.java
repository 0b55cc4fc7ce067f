package io.github.camelakeeba.restore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real MariaDB for tests, with an account that has the rights that the documents ask for, and one
 * that may do all. Its jar comes by {@code mvn -f src/it/mariadb dependency:copy-dependencies}.
 */
final class MariaDb implements AutoCloseable {
  static final Duration LONG = Duration.ofMinutes(10);
  private static final String ADMIN = "admin";
  private static final Path JARS = Path.of("target/mariadb");

  private final EmbeddedServer server;
  private final Secret adminPassword = Secret.random();

  private MariaDb(Path folder) throws IOException {
    server =
        new EmbeddedServers(folder, jars())
            .start(
                "CREATE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';\nGRANT ALL ON *.* TO '%1$s'@'127.0.0.1' WITH GRANT OPTION;\n"
                    .formatted(ADMIN, adminPassword.reveal()));
  }

  /** Skips the test where no server fits the machine. */
  static MariaDb start(Path folder) throws IOException {
    return new MariaDb(folder);
  }

  /** What the server's jar is loaded by. */
  static ClassLoader jars() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64")
            && Files.isDirectory(JARS),
        "no MariaDB for this platform: mvn -f src/it/mariadb dependency:copy-dependencies brings one for Linux on x86-64");
    List<URL> urls = new ArrayList<>();
    try (Stream<Path> jars = Files.list(JARS)) {
      for (Path jar : jars.toList()) {
        urls.add(jar.toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), MariaDb.class.getClassLoader());
  }

  /** As a user's configuration would name it. */
  RestoreTestSettings settings() {
    ServerAddress address = server.address();
    return new RestoreTestSettings(null, address.url(), address.user(), address.password());
  }

  RestoreTestSettings adminSettings() {
    return new RestoreTestSettings(null, server.address().url(), ADMIN, adminPassword);
  }

  ServerAddress address() {
    return server.address();
  }

  Connection admin() throws SQLException {
    return new ServerAddress(server.address().url(), ADMIN, adminPassword).connect(LONG);
  }

  /** The columns of all rows of an answer, row after row. */
  List<String> query(String sql) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (answer.next()) {
        for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
          values.add(answer.getString(i));
        }
      }
      return values;
    }
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Names of the scratch schemas that are there. */
  List<String> scratchSchemas() throws SQLException {
    return query("SHOW DATABASES LIKE 'akeeba\\_restore\\_%'");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
