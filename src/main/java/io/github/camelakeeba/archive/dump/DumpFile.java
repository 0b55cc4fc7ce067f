package io.github.camelakeeba.archive.dump;

import io.github.camelakeeba.archive.format.BrokenArchiveException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a file of a dump holds, or all files of a database. */
final class DumpFile implements DumpVisitor {
  private static final int ROWS_PER_SIZE_CHECK = 1 << 16;

  final Map<String, Integer> created = new HashMap<>(); // how often each table or view is
  final Set<String> code = new HashSet<>(); // triggers and routines: kind and name
  final Map<String, String> charsets = new LinkedHashMap<>(); // of each table that is created
  final Map<String, TableRowCount> tables = new LinkedHashMap<>();
  boolean complete; // whether the file ended behind a statement
  private final long maxKeyBytes;
  private final int maxNames;
  private TableRowCount current;
  private int rowsSinceSizeCheck;

  /**
   * Drops the keys of the tables for which so many bytes are too few, and throws {@link
   * BrokenArchiveException} for more names, which could not be dropped.
   */
  DumpFile(long maxKeyBytes, int maxNames) {
    this.maxKeyBytes = maxKeyBytes;
    this.maxNames = maxNames;
  }

  @Override
  public void created(String kind, String name) {
    if (kind.equals("table") || kind.equals("view")) {
      created.merge(name, 1, Integer::sum);
    } else {
      code.add(code(kind, name)); // may have the name of a table, or of another kind of code
    }
    checkNames();
  }

  private void checkNames() {
    if (names() > maxNames) {
      throw new BrokenArchiveException("The dump has more tables and files than that of any site.");
    }
  }

  /** That are held. */
  int names() {
    return created.size() + code.size() + tables.size();
  }

  /** What a trigger or a routine is known by. */
  static String code(String kind, String name) {
    return kind + " " + name;
  }

  @Override
  public void table(String name, String charset) {
    charsets.put(name, charset);
  }

  @Override
  public void inserting(String table) {
    current = tables.computeIfAbsent(table, name -> new TableRowCount());
    checkNames();
  }

  @Override
  public void row() {
    current.row();
  }

  @Override
  public void row(long key) {
    current.row(key);
    if (++rowsSinceSizeCheck == ROWS_PER_SIZE_CHECK) {
      rowsSinceSizeCheck = 0;
      if (keyBytes() > maxKeyBytes) {
        current.discardKeys();
      }
    }
  }

  /** Adds what another file of the same database holds. */
  void add(DumpFile other) {
    other.created.forEach((name, times) -> created.merge(name, times, Integer::sum));
    code.addAll(other.code);
    charsets.putAll(other.charsets);
    other.tables.forEach(
        (name, part) -> tables.computeIfAbsent(name, one -> new TableRowCount()).add(part));
  }

  /** The tables that are created, and those that only have rows. */
  Stream<DumpTable> tables(String database) {
    Set<String> names = new LinkedHashSet<>(charsets.keySet());
    names.addAll(tables.keySet());
    TableRowCount none = new TableRowCount();
    return names.stream()
        .map(
            name -> {
              TableRowCount count = tables.getOrDefault(name, none);
              return new DumpTable(database, name, count.rows, charsets.get(name), count.sketch());
            });
  }

  long keyBytes() {
    return tables.values().stream().mapToLong(TableRowCount::keyBytes).sum();
  }
}
