package io.github.camelakeeba.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A schema that we have made, on the server and in its note.
 *
 * @param note open and locked as long as it is there
 */
record ScratchSchema(String name, Path file, FileChannel note) {
  static final String NAME_PREFIX = "akeeba_restore_";

  static final String NAME_PATTERN = NAME_PREFIX + "[0-9a-f]{20}";

  void drop(Connection connection) throws SQLException, IOException {
    drop(connection, name);
    note.close();
    Files.deleteIfExists(file);
  }

  /** Leaves it to a later test, which finds its note. */
  void leave() throws IOException {
    note.close();
  }

  static void drop(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE `%s`".formatted(name));
    }
  }
}
