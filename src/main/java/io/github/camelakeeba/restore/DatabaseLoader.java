package io.github.camelakeeba.restore;

import io.github.camelakeeba.restore.RestoreResult.RestoredTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Restores the dump of one database into a scratch schema, and counts what is there then. */
final class DatabaseLoader implements StatementReader.Target {
  private static final int MAX_CODE = 32 << 20; // characters of triggers and routines

  private final RestoreSession session;
  private final ScratchSchema schema;
  private final StatementGate gate;
  private final StatementReader reader;

  private final Map<String, Long> tables = new LinkedHashMap<>(); // rows sent, by name
  private final List<String> views = new ArrayList<>();
  private final List<String> code = new ArrayList<>();
  private int codeLength;
  private boolean ofMySql; // the dump, by what it has created so far
  private InsertedRows rows; // that are gathered

  DatabaseLoader(RestoreSession session, ScratchSchema schema, StatementGate gate) {
    this.session = session;
    this.schema = schema;
    this.gate = gate;
    this.reader = new StatementReader(session.versionNumber, this);
  }

  ScratchSchema schema() {
    return schema;
  }

  /** The statements that follow are those of this database. */
  void use() throws SQLException {
    session.use(schema);
  }

  void read(byte[] from, int offset, int length) {
    reader.read(from, offset, length);
  }

  void endOfFile() {
    reader.endOfFile();
    sendRows();
  }

  @Override
  public void statement(String sql) {
    DumpStatement checked = gate.check(sql);
    if (checked.action() == DumpStatement.Action.IGNORED) {
      return;
    }
    if (checked.action() == DumpStatement.Action.CREATE_CODE) {
      codeLength += checked.sql().length();
      if (codeLength > MAX_CODE) {
        throw new RefusedStatementException(
            true,
            "The dump holds more than %s characters of triggers and routines.".formatted(MAX_CODE));
      }
      code.add(checked.sql());
      return;
    }
    sendRows();
    ofMySql |= checked.action() == DumpStatement.Action.CREATE_TABLE && MySqlDialect.wrote(sql);
    run(checked.sql());
    switch (checked.action()) {
      case CREATE_TABLE -> tables.put(checked.name(), 0L);
      case DROP_TABLE -> tables.remove(checked.name());
      case CREATE_VIEW -> views.add(checked.name());
      default -> {}
    }
  }

  private void run(String sql) {
    try {
      session.execute(sql);
    } catch (SQLException e) {
      throw ofMySql && e.getErrorCode() == ServerErrors.SYNTAX && MySqlDialect.isBalanced(sql)
          ? otherDialect(e, StatementText.beginning(sql))
          : failed(e, StatementText.beginning(sql));
    }
  }

  private static UntestableException otherDialect(SQLException e, String statement) {
    return new UntestableException(
        "MySQL 8 has written the dump, and MariaDB can't restore what only MySQL has (error %s), at \"%s\". Restore this archive by hand on a MySQL server."
            .formatted(e.getErrorCode(), statement));
  }

  @Override
  public InsertedRows inserting(InsertHead head) {
    if (rows == null || !rows.head().equals(head)) {
      sendRows();
      rows = new InsertedRows(head, session.maxStatement, this::send);
    }
    return rows;
  }

  private void sendRows() {
    if (rows != null) {
      rows.send();
      rows = null;
    }
  }

  private void send(InsertHead head, byte[] bytes, int length, int count) {
    try {
      session.insert(head, bytes, length);
    } catch (SQLException e) {
      throw ofMySql && e.getErrorCode() == ServerErrors.CONSTRAINT_FAILED
          ? otherDialect(e, head.toString())
          : failed(e, head.toString());
    }
    tables.merge(head.table(), (long) count, Long::sum);
  }

  private RuntimeException failed(SQLException e, String statement) {
    boolean capitals = e.getErrorCode() == ServerErrors.TABLE_EXISTS && session.ignoresCase;
    String said = StatementText.ofServer(e.getMessage());
    return ServerErrors.ofTheServer(e) || capitals
        ? new UntestableException(
            "The database server could not restore the dump (error %s, %s), at \"%s\"."
                .formatted(e.getErrorCode(), said, statement))
        : new UnprovedException(
            "The dump can't be restored: the server says \"%s\" (error %s), at \"%s\"."
                .formatted(said, e.getErrorCode(), statement));
  }

  /**
   * Makes what was left for the end, and compares what is in the schema with what the dump held.
   * Throws {@link UnprovedException}, {@link UntestableException}.
   */
  List<RestoredTable> finish() {
    code.forEach(this::run);
    try {
      List<RestoredTable> restored = new ArrayList<>();
      Map<String, String> there = new LinkedHashMap<>(); // as the server writes their names
      for (List<String> row :
          session.query(
              "SELECT table_name FROM information_schema.tables WHERE table_schema = '%s' AND table_type <> 'VIEW'"
                  .formatted(schema.name()))) {
        there.put(comparable(row.get(0)), row.get(0));
      }
      for (Map.Entry<String, Long> sent : tables.entrySet()) {
        String table = there.remove(comparable(sent.getKey()));
        if (table == null && views.contains(sent.getKey())) {
          continue;
        }
        restored.add(count(table, sent.getKey(), sent.getValue()));
      }
      if (!there.isEmpty()) {
        throw new UnprovedException(
            "The schema holds tables that the dump did not create: %s."
                .formatted(StatementText.asDumped(there.values().iterator().next())));
      }
      for (String view : views) {
        check(view, "view");
      }
      return restored;
    } catch (SQLException e) {
      throw failed(e, "counting what was restored");
    }
  }

  private String comparable(String name) {
    return session.ignoresCase ? name.toLowerCase(Locale.ROOT) : name;
  }

  private RestoredTable count(String table, String name, long sent) throws SQLException {
    String dumped = StatementText.asDumped(name);
    if (table == null) {
      throw new UnprovedException("The table %s is not there after the restore.".formatted(dumped));
    }
    check(table, "table");
    long rows =
        Long.parseLong(
            session.query("SELECT COUNT(*) FROM " + StatementText.quoted(table)).get(0).get(0));
    if (rows != sent) {
      throw new UnprovedException(
          "The table %s has %s rows after the restore, but the dump holds %s."
              .formatted(dumped, rows, sent));
    }
    return new RestoredTable(dumped, rows);
  }

  /** As the server itself looks whether it is whole: a view, whether what it names is there. */
  private void check(String name, String kind) throws SQLException {
    for (List<String> line : session.query("CHECK TABLE " + StatementText.quoted(name))) {
      String type = line.get(2).toLowerCase(Locale.ROOT);
      if (type.equals("error")) {
        throw new UnprovedException(
            "CHECK TABLE says of the %s %s: %s."
                .formatted(
                    kind, StatementText.asDumped(name), StatementText.ofServer(line.get(3))));
      }
    }
  }
}
