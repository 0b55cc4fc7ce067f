package io.github.camelakeeba.census;

import io.github.camelakeeba.archive.dump.DumpTable;
import io.github.camelakeeba.config.proof.CensusSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares what an archive holds with the last good one of the same site and profile: tables that
 * are gone, rows that are far fewer, a hole in the keys that was not there. None of it proves that
 * the backup is bad, since a site's users may do the same: it is for a person to look at.
 */
public final class CensusComparison {
  private static final int MAX_NAMES = 5; // of tables, in a sentence
  private static final int MAX_TABLES = 10; // with a sentence of their own
  private static final int MIN_ROWS_LOST = 50; // fewer is what any day may bring

  private final CensusSettings settings;
  private final int shrunk;

  /**
   * @param shrunk percent: a table with fewer of its former rows is reported; 0: none is
   */
  public CensusComparison(CensusSettings settings, int shrunk) {
    this.settings = settings;
    this.shrunk = shrunk;
  }

  private record Finding(long rows, String text) {}

  /**
   * What a person should look at, those with the most rows first; empty: nothing.
   *
   * @param last names the last good backup in a sentence, such as "the last good backup, of
   *     2026-11-21,"
   */
  public List<String> warnings(Census before, Census now, String last) {
    Map<String, DumpTable> tables = new LinkedHashMap<>();
    now.tables().forEach(table -> tables.put(key(table), table));
    List<String> gone = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (DumpTable table : before.tables()) {
      if (settings.ignores(table.name())) {
        continue;
      }
      DumpTable same = tables.get(key(table));
      if (same == null) {
        gone.add(name(table));
      } else {
        Finding finding = finding(table, same, last);
        if (finding != null) {
          findings.add(finding);
        }
      }
    }
    List<String> warnings = new ArrayList<>();
    if (!gone.isEmpty()) {
      warnings.add(gone(gone, last));
    }
    findings.stream()
        .sorted(Comparator.comparing(Finding::rows).reversed())
        .limit(MAX_TABLES)
        .forEach(one -> warnings.add(one.text()));
    if (findings.size() > MAX_TABLES) {
      warnings.add(
          "In %s more tables rows are missing, too.".formatted(findings.size() - MAX_TABLES));
    }
    return List.copyOf(warnings);
  }

  private static String key(DumpTable table) {
    return table.database() + "/" + table.name();
  }

  /** As the dump names it; the site's own database is called "site" in each archive. */
  private static String name(DumpTable table) {
    return table.database().equals("site") || table.name().startsWith("#__")
        ? table.name()
        : "%s of the database dump %s".formatted(table.name(), table.database());
  }

  private static String gone(List<String> names, String last) {
    String listed =
        names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "))
            + (names.size() > MAX_NAMES ? ", …" : "");
    return names.size() == 1
        ? "The table %s is not in the dump any more; %s had it.".formatted(listed, last)
        : "%s tables are not in the dump any more, and %s had them: %s."
            .formatted(names.size(), last, listed);
  }

  private Finding finding(DumpTable before, DumpTable now, String last) {
    List<KeyHoles.Hole> holes =
        before.keys() == null || now.keys() == null
            ? List.of()
            : new KeyHoles(before.keys(), now.keys()).holes();
    long lost = before.rows() - now.rows();
    if (!holes.isEmpty()) {
      return new Finding(lost, holes(before, now, holes, last));
    }
    boolean fewer = now.rows() * 100 < before.rows() * shrunk && lost >= MIN_ROWS_LOST;
    return fewer
        ? new Finding(
            lost,
            String.format(
                Locale.ROOT,
                "The table %s has %,d rows, where %s had %,d.",
                name(now),
                now.rows(),
                last,
                before.rows()))
        : null;
  }

  private static String holes(
      DumpTable before, DumpTable now, List<KeyHoles.Hole> holes, String last) {
    String where =
        holes.stream()
            .limit(MAX_NAMES)
            .map(hole -> hole.firstKey() + " to " + hole.lastKey())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "The table %s has no rows with the keys %s any more, where %s had about %,d. It has %,d"
            + " rows now, and had %,d. If nobody has deleted them, a step of the dump was"
            + " interrupted: take the backup anew.",
        name(now),
        where,
        last,
        holes.stream().mapToLong(KeyHoles.Hole::rows).sum(),
        now.rows(),
        before.rows());
  }
}
