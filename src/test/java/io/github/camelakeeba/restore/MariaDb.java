package io.github.camelakeeba.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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

  private static MariaDb shared;

  private final EmbeddedServer server;
  private final Secret adminPassword = Secret.random();

  private MariaDb(Path folder) throws IOException {
    server =
        new EmbeddedServers(folder, jars())
            .start(
                "CREATE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';\nGRANT ALL ON *.* TO '%1$s'@'127.0.0.1' WITH GRANT OPTION;\nSET GLOBAL event_scheduler = ON;\n"
                    .formatted(ADMIN, adminPassword.reveal()));
  }

  /** A server of its own; skips the test where none fits the machine. */
  static MariaDb start(Path folder) throws IOException {
    return new MariaDb(folder);
  }

  /** The one that all tests of this process share, until its end. */
  static synchronized MariaDb shared() throws IOException {
    if (shared == null) {
      jars();
      Path folder = Files.createTempDirectory("mariadb");
      MariaDb started = new MariaDb(folder);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      started.close();
                      Files.delete(folder);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
      shared = started;
    }
    return shared;
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

  /** The client that comes with the server reads SQL from a file, as a person would have it do. */
  void runClient(String schema, Path sql) throws IOException, InterruptedException {
    Path script = Files.createTempFile("client", ".log");
    ServerAddress address = server.address();
    Process client =
        new ProcessBuilder(
                server.place().resolve("server/bin/mariadb").toString(),
                "--no-defaults",
                "--host=127.0.0.1",
                "--port=" + URI.create(address.url().reveal().substring(5)).getPort(),
                "--user=" + ADMIN,
                "--password=" + adminPassword.reveal(),
                "--default-character-set=utf8mb4",
                schema)
            .redirectInput(sql.toFile())
            .redirectErrorStream(true)
            .redirectOutput(script.toFile())
            .start();
    assertThat(client.waitFor()).as(Files.readString(script)).isZero();
    Files.delete(script);
  }

  /** As a server that loses its machine. */
  void kill() {
    server.kill();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
