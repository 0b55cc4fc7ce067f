package io.github.camelakeeba.archive.dump;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a file of a dump holds, or all files of a database. */
final class DumpFile implements DumpVisitor {
  private static final int ROWS_PER_SIZE_CHECK = 1 << 16;

  final Map<String, Integer> created = new HashMap<>(); // how often each name is created
  final Map<String, String> charsets = new LinkedHashMap<>(); // of each table that is created
  final Map<String, TableRowCount> tables = new LinkedHashMap<>();
  boolean complete; // whether the file ended behind a statement
  private final long maxKeyBytes;
  private TableRowCount current;
  private int rowsSinceSizeCheck;

  /** Drops the keys of the tables for which so many bytes are too few. */
  DumpFile(long maxKeyBytes) {
    this.maxKeyBytes = maxKeyBytes;
  }

  @Override
  public void created(String kind, String name) {
    created.merge(name, 1, Integer::sum);
  }

  @Override
  public void table(String name, String charset) {
    charsets.put(name, charset);
  }

  @Override
  public void inserting(String table) {
    current = tables.computeIfAbsent(table, name -> new TableRowCount());
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
