package io.github.camelakeeba.archive.dump;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one file of a dump holds. */
final class DumpFile implements DumpVisitor {
  /** Keys are weighed after so many rows. */
  private static final int ROWS_PER_SIZE_CHECK = 1 << 16;

  private final Map<String, Integer> created = new HashMap<>();
  private final Map<String, TableRowCount> tables = new LinkedHashMap<>();
  private final long maxKeyBytes;
  private boolean complete;
  private TableRowCount current;
  private int rowsSinceSizeCheck;

  /** Its keys may take so many bytes; those of the tables for which that is too few are dropped. */
  DumpFile(long maxWeight) {
    this.maxKeyBytes = maxWeight;
  }

  @Override
  public void created(String kind, String name) {
    created.merge(name, 1, Integer::sum);
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

  /** Bytes that its keys take. */
  long keyBytes() {
    return tables.values().stream().mapToLong(TableRowCount::keyBytes).sum();
  }

  /** Notes whether the file ended behind a statement. */
  void ended(boolean behindStatement) {
    complete = behindStatement;
  }

  boolean complete() {
    return complete;
  }

  /** How often a name is created. */
  Map<String, Integer> created() {
    return created;
  }

  Map<String, TableRowCount> tables() {
    return tables;
  }
}
