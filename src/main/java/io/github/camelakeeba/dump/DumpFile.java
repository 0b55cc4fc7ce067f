package io.github.camelakeeba.dump;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one file of a dump holds. */
final class DumpFile implements DumpVisitor {
  /** Keys are weighed after so many rows. */
  private static final int WEIGHED_AFTER = 1 << 16;

  private final Map<String, Integer> created = new HashMap<>();
  private final Map<String, TableCensus> tables = new LinkedHashMap<>();
  private final long maxWeight;
  private boolean whole;
  private TableCensus current;
  private int unweighed;

  /** Its keys may take so many bytes; those of the tables for which that is too few are let go. */
  DumpFile(long maxWeight) {
    this.maxWeight = maxWeight;
  }

  @Override
  public void created(String kind, String name) {
    created.merge(name, 1, Integer::sum);
  }

  @Override
  public void inserting(String table) {
    current = tables.computeIfAbsent(table, name -> new TableCensus());
  }

  @Override
  public void row() {
    current.row();
  }

  @Override
  public void row(long key) {
    current.row(key);
    if (++unweighed == WEIGHED_AFTER) {
      unweighed = 0;
      if (weight() > maxWeight) {
        current.forgetKeys();
      }
    }
  }

  /** Bytes that its keys take. */
  long weight() {
    return tables.values().stream().mapToLong(TableCensus::weight).sum();
  }

  /** Notes whether the file ended behind a statement. */
  void ended(boolean behindStatement) {
    whole = behindStatement;
  }

  boolean whole() {
    return whole;
  }

  /** How often a name is created. */
  Map<String, Integer> created() {
    return created;
  }

  Map<String, TableCensus> tables() {
    return tables;
  }
}
