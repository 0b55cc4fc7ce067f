package io.github.camelakeeba.restore;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection to the server, with the settings of a restoration, until a time limit. */
final class RestoreSession implements AutoCloseable {
  private static final int OLDEST = 100500; // schemas have comments from 10.5 on
  private static final int MAX_STATEMENT = 64 << 20;
  private static final int MEMORY_SHARE = 12; // a statement is held as rows, as text and as packet
  private static final int PACKET_HEAD = 1024; // bytes of a packet that are not the statement
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

  final Connection connection;
  private final Statement statement;
  private final Instant deadline;

  /** As the server gives it. */
  final String version;

  /** As MariaDB numbers it: 110405. */
  final int versionNumber;

  /** Bytes that a statement may have. */
  final int maxStatement;

  /** Whether names that differ in capitals only are the same here. */
  final boolean ignoresCase;

  private RestoreSession(Connection connection, Statement statement, Duration longest)
      throws SQLException {
    this.connection = connection;
    this.statement = statement;
    this.deadline = Instant.now().plus(longest);
    statement.setEscapeProcessing(false);
    try (ResultSet server =
        statement.executeQuery(
            "SELECT VERSION(), @@max_allowed_packet, @@lower_case_table_names")) {
      server.next();
      version = server.getString(1);
      maxStatement = maxStatement(server.getLong(2), Runtime.getRuntime().maxMemory());
      ignoresCase = server.getInt(3) != 0;
    }
    versionNumber = number(version);
    if (!version.contains("MariaDB") || versionNumber < OLDEST) {
      throw new UntestableException(
          "The database server is %s; a restore test needs MariaDB 10.5 or later."
              .formatted(version));
    }
    // as restorations do; a dump's values were read under no stricter mode. But no other engine in
    // place of one that is missing: then nothing would be proved
    statement.execute(
        "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION', foreign_key_checks = 0, time_zone = '+00:00',"
            + " innodb_strict_mode = 0, max_statement_time = "
            + Math.max(1, longest.toSeconds()));
  }

  /** Throws {@link UntestableException} when the server is none that can be used. */
  static RestoreSession open(ServerAddress server, Duration longest) throws SQLException {
    Connection connection = server.connect(longest);
    try {
      return new RestoreSession(connection, connection.createStatement(), longest);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** All in bytes. */
  static int maxStatement(long packet, long memory) {
    return (int) Math.min(Math.min(MAX_STATEMENT, memory / MEMORY_SHARE), packet - PACKET_HEAD);
  }

  private static int number(String version) {
    Matcher parts = VERSION.matcher(version);
    return parts.matches()
        ? Integer.parseInt(parts.group(1)) * 10000
            + Integer.parseInt(parts.group(2)) * 100
            + Integer.parseInt(parts.group(3))
        : 0;
  }

  /** Names of the schemas that the account sees, in lower case. */
  Set<String> schemas() throws SQLException {
    Set<String> names = new HashSet<>();
    try (ResultSet schemas =
        statement.executeQuery("SELECT schema_name FROM information_schema.schemata")) {
      while (schemas.next()) {
        names.add(schemas.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  void use(ScratchSchema schema) throws SQLException {
    statement.execute("USE `%s`".formatted(schema.name()));
  }

  void execute(String sql) throws SQLException {
    checkTime();
    statement.execute(sql);
  }

  /** The rows of an answer, each a list of its columns as texts. */
  List<List<String>> query(String sql) throws SQLException {
    checkTime();
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet answer = statement.executeQuery(sql)) {
      int columns = answer.getMetaData().getColumnCount();
      while (answer.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(answer.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /**
   * Inserts rows as the dump has them, byte by byte. A statement goes to the server in UTF-8: a
   * value that is none is sent beside it.
   */
  void insert(InsertHead head, byte[] rows, int length) throws SQLException {
    checkTime();
    CharBuffer text = utf8(rows, 0, length);
    if (text != null) {
      statement.execute(head.sql() + text);
      return;
    }
    StringBuilder sql = new StringBuilder(head.sql());
    List<byte[]> values = new ArrayList<>();
    int i = 0;
    while (i < length) {
      byte b = rows[i];
      if (b != '\'' && b != '"') {
        sql.append((char) b);
        i++;
        continue;
      }
      int end = endOfValue(rows, i);
      CharBuffer value = utf8(rows, i, end - i);
      if (value != null) {
        sql.append(value);
      } else {
        removeIntroducer(sql);
        sql.append('?');
        values.add(unescaped(rows, i, end));
      }
      i = end;
    }
    try (PreparedStatement prepared = connection.prepareStatement(sql.toString())) {
      for (int value = 0; value < values.size(); value++) {
        prepared.setBytes(value + 1, values.get(value));
      }
      prepared.execute();
    }
  }

  /** The driver writes {@code _binary} itself. */
  private static void removeIntroducer(StringBuilder sql) {
    int end = sql.length();
    while (end > 0 && sql.charAt(end - 1) <= ' ') {
      end--;
    }
    int begin = end;
    while (begin > 0
        && (Character.isLetterOrDigit(sql.charAt(begin - 1)) || sql.charAt(begin - 1) == '_')) {
      begin--;
    }
    if (begin < end && sql.charAt(begin) == '_') {
      sql.setLength(begin);
    }
  }

  /** Null: it is no UTF-8. */
  private static CharBuffer utf8(byte[] from, int offset, int length) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      return decoder.decode(ByteBuffer.wrap(from, offset, length));
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int endOfValue(byte[] rows, int begin) {
    byte quote = rows[begin];
    int i = begin + 1;
    while (rows[i] != quote || rows[i + 1] == quote) {
      i += rows[i] == '\\' || rows[i] == quote ? 2 : 1;
    }
    return i + 1;
  }

  private static byte[] unescaped(byte[] rows, int begin, int end) {
    ByteArrayOutputStream value = new ByteArrayOutputStream(end - begin);
    for (int i = begin + 1; i < end - 1; i++) {
      byte b = rows[i];
      if (b == '\\') {
        b = rows[++i];
        switch (b) {
          case '0' -> value.write(0);
          case 'n' -> value.write('\n');
          case 'r' -> value.write('\r');
          case 't' -> value.write('\t');
          case 'b' -> value.write('\b');
          case 'Z' -> value.write(0x1a);
          case '%', '_' -> {
            value.write('\\');
            value.write(b);
          }
          default -> value.write(b);
        }
      } else {
        value.write(b);
        i += b == rows[begin] ? 1 : 0; // a quote is written twice
      }
    }
    return value.toByteArray();
  }

  private void checkTime() {
    if (Instant.now().isAfter(deadline)) {
      throw new UntestableException("The restore test was stopped: it took too long.");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
