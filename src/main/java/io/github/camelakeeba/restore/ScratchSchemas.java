package io.github.camelakeeba.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas that restore tests make. Each is noted in a file before it is made, which the test
 * holds locked: a note without a lock is that of a killed test, and its schema is dropped, if it
 * has the mark that the note names.
 */
final class ScratchSchemas {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchSchemas.class);
  private static final String END = ".schema";
  private static final Duration LONGEST = Duration.ofMinutes(10); // a schema's removal
  private static final int RANDOM_BYTES = 10;

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  ScratchSchemas(Path folder) {
    this.folder = folder;
  }

  /** Makes one, of a name that no other has. */
  ScratchSchema create(ServerAddress server, Connection connection)
      throws IOException, SQLException {
    Files.createDirectories(folder);
    String name = ScratchSchema.NAME_PREFIX + hex();
    String mark = "scratch schema of a restore test of camel-akeeba-backup, " + hex();
    Path file = folder.resolve(name + END);
    FileChannel note =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      if (note.tryLock() == null || !Files.exists(file)) {
        throw new IOException(file + " is held by another process");
      }
      note.write(
          ByteBuffer.wrap(
              (server.fingerprint() + '\n' + mark + '\n').getBytes(StandardCharsets.UTF_8)));
      note.force(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE DATABASE `%s` CHARACTER SET utf8mb4 COMMENT '%s'".formatted(name, mark));
      }
      return new ScratchSchema(name, file, note);
    } catch (IOException | SQLException | RuntimeException e) {
      note.close();
      // what became of a CREATE without an answer is not known: its note stays
      if (!(e instanceof SQLException sql) || sql.getErrorCode() > 0) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  private String hex() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Drops what killed tests have left on these servers. What can't be dropped now stays noted. */
  void removeLeftovers(Collection<ServerAddress> servers) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, "*" + END)) {
      for (Path note : notes) {
        removeLeftover(note, servers);
      }
    } catch (IOException e) {
      LOG.warn("{} can't be read, where scratch schemas are noted: {}", folder, e.getMessage());
    }
  }

  private static void removeLeftover(Path file, Collection<ServerAddress> servers) {
    try (FileChannel note =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FileLock lock = note.tryLock();
      if (lock == null) {
        return; // its test runs
      }
      List<String> lines =
          new String(Channels.newInputStream(note).readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      if (lines.size() == 2) {
        ServerAddress server =
            servers.stream()
                .filter(one -> one.fingerprint().equals(lines.get(0)))
                .findFirst()
                .orElse(null);
        if (server == null) {
          return;
        }
        String name = file.getFileName().toString();
        drop(server, name.substring(0, name.length() - END.length()), lines.get(1));
      } // else it was killed before the schema was made
      Files.deleteIfExists(file);
    } catch (OverlappingFileLockException e) {
      // its test runs in this process
    } catch (IOException | SQLException | UntestableException e) {
      LOG.warn(
          "the scratch schema of {} stays for now: {}",
          file,
          StatementText.ofServer(e.getMessage()));
    }
  }

  private static void drop(ServerAddress server, String name, String mark) throws SQLException {
    if (!name.matches(ScratchSchema.NAME_PATTERN)) {
      return;
    }
    try (Connection connection = server.connect(LONGEST);
        PreparedStatement made =
            connection.prepareStatement(
                "SELECT schema_comment FROM information_schema.schemata WHERE schema_name = ?")) {
      made.setString(1, name);
      try (ResultSet schema = made.executeQuery()) {
        if (!schema.next() || !mark.equals(schema.getString(1))) {
          return;
        }
      }
      ScratchSchema.drop(connection, name);
      LOG.info("dropped {}, which a killed restore test had left", name);
    }
  }
}
