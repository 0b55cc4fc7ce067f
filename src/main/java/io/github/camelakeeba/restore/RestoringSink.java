package io.github.camelakeeba.restore;

import io.github.camelakeeba.archive.format.ArchiveEntry;
import io.github.camelakeeba.archive.format.EntrySink;
import io.github.camelakeeba.restore.RestoreResult.RestoredTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Restores the databases of an archive while it is read, each into a schema of its own. After the
 * first statement that fails the archive is still read, for its checksum, but nothing is restored
 * any more.
 */
final class RestoringSink implements EntrySink {
  private static final int MAX_DATABASES = 50; // each is a schema on the server
  private static final String INSTALLATION = "installation/";
  private static final Pattern PART = Pattern.compile("(.+)\\.(?:sql|s(\\d{2,}))");

  private final String archive;
  private final RestoreSession session;
  private final ScratchSchemas schemas;
  private final ServerAddress server;
  private final StatementGate gate;
  private final RestoreLimits limits;
  private final EntrySink beside;

  private final Map<String, DatabaseLoader> databases = new LinkedHashMap<>();
  private final Map<String, Integer> parts = new LinkedHashMap<>(); // read of each database
  private DatabaseLoader current; // null: the entry is no part of a dump
  private boolean file;
  private boolean installation;
  private long files;
  private long bytes;
  private RuntimeException failure;

  /**
   * @param archive name of the archive: a {@code .sql} is the dump itself
   * @param beside is given all entries, too
   */
  RestoringSink(
      String archive,
      RestoreSession session,
      ScratchSchemas schemas,
      ServerAddress server,
      RestoreLimits limits,
      EntrySink beside)
      throws SQLException {
    this.archive = archive;
    this.session = session;
    this.schemas = schemas;
    this.server = server;
    this.gate = new StatementGate(session.schemas());
    this.limits = limits;
    this.beside = beside;
  }

  @Override
  public void begin(ArchiveEntry entry) throws IOException {
    beside.begin(entry);
    String path = entry.path();
    file = entry.isFile();
    installation |= path.startsWith(INSTALLATION);
    current = null;
    String name = dumpPart(path);
    if (!file || name == null || failure != null) {
      return;
    }
    Matcher part = PART.matcher(name);
    if (part.matches()) {
      attempt(() -> current = loader(part.group(1), part.group(2)));
    }
  }

  /** Its name among the files of the dump; null: it is none of them. */
  private String dumpPart(String path) {
    String folder = INSTALLATION + "sql/";
    if (path.equals(archive)) {
      return path;
    }
    String name = path.startsWith(folder) ? path.substring(folder.length()) : "/";
    return name.indexOf('/') < 0 ? name : null;
  }

  private DatabaseLoader loader(String database, String number) throws IOException, SQLException {
    int due = parts.merge(database, 1, Integer::sum) - 1;
    if (due != (number == null ? 0 : Integer.parseInt(number))) {
      throw new RefusedStatementException(
          true,
          "The files of the dump of %s are not in their order in the archive.".formatted(database));
    }
    DatabaseLoader loader = databases.get(database);
    if (loader == null) {
      if (databases.size() == MAX_DATABASES) {
        throw new RefusedStatementException(
            true,
            "The archive holds the dumps of more than %s databases.".formatted(MAX_DATABASES));
      }
      loader = new DatabaseLoader(session, schemas.create(server, session.connection), gate);
      databases.put(database, loader);
    }
    loader.use();
    return loader;
  }

  @Override
  public void bytes(byte[] from, int offset, int length) throws IOException {
    beside.bytes(from, offset, length);
    bytes += file ? length : 0;
    DatabaseLoader loader = current;
    if (loader != null) {
      attempt(
          () -> {
            limits.load(length);
            loader.read(from, offset, length);
            return null;
          });
    }
  }

  @Override
  public void end() throws IOException {
    beside.end();
    files += file ? 1 : 0;
    DatabaseLoader loader = current;
    if (loader != null) {
      attempt(
          () -> {
            loader.endOfFile();
            return null;
          });
      current = null;
    }
  }

  @FunctionalInterface
  private interface Step {
    Object run() throws IOException, SQLException;
  }

  private void attempt(Step step) throws IOException {
    try {
      step.run();
    } catch (UnprovedException e) {
      failure = e;
    } catch (RefusedStatementException e) {
      failure =
          e.isLegitimate()
              ? new UntestableException(e.getMessage())
              : new UnprovedException(e.getMessage());
    } catch (SQLException e) {
      throw RestoreTest.untestable(e);
    }
    if (failure != null) {
      current = null;
    }
  }

  /** Why not all could be restored, or null. */
  RuntimeException failure() {
    return failure;
  }

  /** Whether it is an archive of files only: what is to be restored lies beside an installer. */
  boolean isOfFilesOnly() {
    return databases.isEmpty() && !installation && files > 0;
  }

  boolean hasDump() {
    return !databases.isEmpty();
  }

  long files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  /** What is on the server now; throws as {@link DatabaseLoader#finish}. */
  List<RestoredTable> finish() throws SQLException {
    List<RestoredTable> tables = new ArrayList<>();
    for (DatabaseLoader database : databases.values()) {
      database.use();
      tables.addAll(database.finish());
    }
    return tables;
  }

  /** Drops the schemas; those that can't be dropped now are left to a later test. */
  void drop(Connection connection) throws IOException, SQLException {
    SQLException failed = null;
    for (DatabaseLoader database : databases.values()) {
      try {
        database.schema().drop(connection);
      } catch (SQLException e) {
        failed = e;
        database.schema().leave();
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
