package io.github.camelakeeba.restore;

import io.github.camelakeeba.secret.OwnerOnlyFile;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A MariaDB server in a folder, on a port of 127.0.0.1, until it is closed. */
final class EmbeddedServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5); // on a busy machine
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final long PAUSE = 100; // milliseconds between two attempts to connect
  private static final String PID = "server.pid";

  private final Path place;
  private final FileChannel lock;
  private Process process;
  private ServerAddress address;

  /**
   * @param lock is closed together with it
   */
  EmbeddedServer(Path place, FileChannel lock) {
    this.place = place;
    this.lock = lock;
  }

  /** Waits until it answers; throws {@link UntestableException} when it does not. */
  void start(int port, String user, Secret password, String accounts) throws IOException {
    Path server = place.resolve("server");
    Path data = place.resolve("data");
    run(
        command(
            server.resolve("scripts/mariadb-install-db"),
            "--no-defaults",
            "--basedir=" + server,
            "--datadir=" + data,
            "--skip-test-db",
            "--skip-name-resolve"));
    Path init = place.resolve("accounts.sql");
    try (FileChannel file = OwnerOnlyFile.create(init)) {
      file.write(ByteBuffer.wrap(accounts.getBytes(StandardCharsets.UTF_8)));
    }
    process =
        process(
            command(
                server.resolve("bin/mariadbd"),
                "--no-defaults",
                "--basedir=" + server,
                "--datadir=" + data,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=s", // in its data: a path may be too long for one
                "--pid-file=" + place.resolve(PID),
                "--init-file=" + init,
                "--skip-name-resolve",
                "--skip-log-bin",
                "--secure-file-priv=" + Files.createDirectories(place.resolve("none")),
                "--local-infile=0",
                "--event-scheduler=OFF",
                "--max-allowed-packet=64M",
                // what it restores is dropped: nothing has to survive a crash
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=0"));
    address =
        new ServerAddress(Secret.address("jdbc:mariadb://127.0.0.1:" + port + "/"), user, password);
    awaitAnswer();
    Files.delete(init);
  }

  private static List<String> command(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root"); // else it refuses
    }
    return command;
  }

  private Process process(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(place.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return place.resolve("log");
  }

  private void run(List<String> command) throws IOException {
    process = process(command);
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw noServer();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noServer();
    }
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        address.connect(START).close();
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw noServer();
        }
      }
      try {
        process.waitFor(PAUSE, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw noServer();
      }
    }
  }

  private UntestableException noServer() throws IOException {
    String last =
        Files.exists(log())
            ? Files.readAllLines(log(), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.contains("ERROR") || line.contains("rror:"))
                .reduce((one, two) -> two)
                .orElse("it says nothing")
            : "it says nothing";
    return new UntestableException(
        "The MariaDB server of our own does not start: %s."
            .formatted(StatementText.ofServer(last)));
  }

  ServerAddress address() {
    return address;
  }

  Path place() {
    return place;
  }

  void kill() {
    stop(process.toHandle());
  }

  /** Stops it, also one that a killed test has left, and removes its folder. */
  @Override
  public void close() throws IOException {
    if (process != null) {
      kill();
    }
    Path pid = place.resolve(PID);
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .filter(this::isOurs)
          .ifPresent(EmbeddedServer::stop);
    }
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } finally {
      lock.close();
    }
  }

  /** A number may have gone to another process since. */
  private boolean isOurs(ProcessHandle server) {
    return server.info().command().filter(path -> path.startsWith(place.toString())).isPresent();
  }

  private static void stop(ProcessHandle server) {
    // it keeps nothing that would have to be written
    server.destroyForcibly();
    try {
      server.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // its folder can't be removed then, and is found by the next test
    }
  }
}
