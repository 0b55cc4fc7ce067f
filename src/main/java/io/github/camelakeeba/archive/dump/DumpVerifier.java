package io.github.camelakeeba.archive.dump;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares a dump with what it should be. A dump step that was killed and repeated blindly loses
 * rows or whole tables, or writes rows twice, in an archive whose structure is perfect (measured on
 * Akeeba Backup 9 and 10).
 */
final class DumpVerifier {
  private static final int MAX_NAMES = 5; // names that a sentence lists
  private static final int WARNING_BELOW_PERCENT = 99; // a live site may delete some rows
  private static final int FAILURE_BELOW_PERCENT = 90; // no live site deletes so many

  private final DumpExpectation expected;
  private final List<String> failures = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  DumpVerifier(DumpExpectation expected) {
    this.expected = expected;
  }

  void warn(String text) {
    warnings.add(text);
  }

  /** Each file ends behind a statement. */
  void statements(Map<String, DumpFile> files) {
    files.forEach(
        (name, file) -> {
          if (!file.complete) {
            failures.add("The file %s of the dump ends within a statement.".formatted(name));
          }
        });
  }

  /** Each table that is listed is created exactly once, by as many files as are listed. */
  void tables(DumpedDatabase listed, int files, DumpFile dump) {
    if (dump == null && listed.tables().isEmpty() && listed.code().isEmpty()) {
      return;
    }
    int parts = Math.max(1, listed.parts());
    if (files < parts) {
      failures.add("The dump of %s has %s of its %s files.".formatted(listed.name(), files, parts));
    }
    Set<String> missing = new LinkedHashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    for (String table : listed.tables()) {
      int times = dump == null ? 0 : times(table, dump);
      if (times == 0 && warned(listed, table)) {
        warn("The table %s is not in the dump; the site had warned of it.".formatted(table));
      } else if (times == 0) {
        missing.add(table);
      } else if (times > 1) {
        twice.add(table);
      }
    }
    if (!missing.isEmpty()) {
      failures.add(
          "Of the %s tables and views that the dump should hold, %s are not in it: %s."
              .formatted(listed.tables().size(), missing.size(), names(missing)));
    }
    if (!twice.isEmpty()) {
      failures.add("The dump creates more than once: %s.".formatted(names(twice)));
    }
    code(listed, dump);
  }

  /** A list that does not tell kinds apart has triggers and routines among its tables. */
  private static int times(String name, DumpFile dump) {
    boolean code =
        DumpedDatabase.KINDS_OF_CODE.stream()
            .anyMatch(kind -> dump.code.contains(DumpFile.code(kind, name)));
    return dump.created.getOrDefault(name, code ? 1 : 0);
  }

  /** Only a warning: which of them an account may not read is not known (no sample has any). */
  private void code(DumpedDatabase listed, DumpFile dump) {
    Set<String> there = new HashSet<>();
    if (dump != null) {
      dump.code.forEach(one -> there.add(comparable(listed, one)));
    }
    Set<String> missing = new LinkedHashSet<>();
    for (String one : listed.code()) {
      if (!there.contains(comparable(listed, one))) {
        missing.add(one);
      }
    }
    if (!missing.isEmpty()) {
      warn(
          "Of the %s triggers and routines that the dump should hold, %s are not in it: %s."
              .formatted(listed.code().size(), missing.size(), names(missing)));
    }
  }

  /** Kind and real name, whose capitals say nothing. */
  private static String comparable(DumpedDatabase database, String code) {
    int name = code.indexOf(' ') + 1;
    return (code.substring(0, name) + database.real(code.substring(name))).toLowerCase(Locale.ROOT);
  }

  private boolean warned(DumpedDatabase database, String table) {
    return expected.hasWarningOf(table) || expected.hasWarningOf(database.real(table));
  }

  private static String names(Set<String> names) {
    List<String> first = names.stream().limit(MAX_NAMES).toList();
    return String.join(", ", first) + (names.size() > MAX_NAMES ? ", …" : "");
  }

  /** No row occurs twice. */
  void keys(DumpFile dump) {
    dump.tables.forEach(
        (table, count) -> {
          if (count.duplicates > 0) {
            failures.add(
                "The dump holds %s rows of the table %s twice (keys %s to %s)."
                    .formatted(count.duplicates, table, count.firstDuplicate, count.lastDuplicate));
          }
        });
  }

  /** Each table has the rows that the site counted when its dump began. */
  void rows(List<DumpedDatabase> listed, Map<String, DumpFile> dumps) {
    expected
        .rows()
        .forEach(
            (table, counted) -> {
              long rows = found(table, listed, dumps);
              String difference =
                  "The table %s has %s rows in the dump, but the site counted %s when it began to dump it."
                      .formatted(table, rows, counted);
              if (rows > counted || rows * 100 < counted * FAILURE_BELOW_PERCENT) {
                failures.add(difference);
              } else if (rows * 100 < counted * WARNING_BELOW_PERCENT) {
                warn(difference);
              }
            });
  }

  /** The rows of a table by its real name: the most that a database has of it. */
  private static long found(String real, List<DumpedDatabase> listed, Map<String, DumpFile> dumps) {
    long most = 0;
    for (Map.Entry<String, DumpFile> dump : dumps.entrySet()) {
      DumpedDatabase database =
          listed.stream().filter(one -> one.name().equals(dump.getKey())).findFirst().orElse(null);
      for (Map.Entry<String, TableRowCount> table : dump.getValue().tables.entrySet()) {
        if (same(real, table.getKey(), database)) {
          most = Math.max(most, table.getValue().rows);
        }
      }
    }
    return most;
  }

  /** Without the list nobody says what the prefix is. */
  private static boolean same(String real, String table, DumpedDatabase database) {
    if (database != null) {
      return database.real(table).equals(real);
    }
    return table.startsWith("#__") ? real.endsWith(table.substring(3)) : table.equals(real);
  }

  DumpVerification result() {
    return new DumpVerification(
        failures.isEmpty() ? null : String.join(" ", failures), List.copyOf(warnings));
  }
}
