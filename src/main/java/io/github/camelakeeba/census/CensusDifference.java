package io.github.camelakeeba.census;

import io.github.camelakeeba.archive.dump.DumpTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a copy of an archive holds that the same archive did not, or the other way round. */
public final class CensusDifference {
  private static final int MAX_NAMED = 5; // in a sentence

  private CensusDifference() {}

  /** Each for people, such as "#__content has 1,618 rows in place of 2,500"; empty: none. */
  public static List<String> between(Census counted, Census now) {
    List<String> differences = new ArrayList<>();
    if (counted.files() != now.files()) {
      differences.add(
          String.format(Locale.ROOT, "%,d files in place of %,d", now.files(), counted.files()));
    }
    if (counted.bytes() != now.bytes()) {
      differences.add(
          String.format(
              Locale.ROOT, "%,d bytes of files in place of %,d", now.bytes(), counted.bytes()));
    }
    if (!counted.tables().isEmpty()) { // else the dump was too large to keep its tables
      differences.addAll(ofTables(counted.tables(), now.tables()));
    }
    return List.copyOf(differences);
  }

  /** All of them after a colon, or the first five. */
  public static String joined(List<String> differences) {
    List<String> named = differences.subList(0, Math.min(MAX_NAMED, differences.size()));
    int more = differences.size() - named.size();
    return String.join("; ", named) + (more == 0 ? "" : "; and %s more".formatted(more));
  }

  private static List<String> ofTables(List<DumpTable> counted, List<DumpTable> now) {
    Map<String, DumpTable> left = new LinkedHashMap<>();
    now.forEach(table -> left.put(key(table), table));
    List<String> differences = new ArrayList<>();
    for (DumpTable before : counted) {
      DumpTable same = left.remove(key(before));
      if (same == null) {
        differences.add("the table %s is gone".formatted(before.name()));
      } else if (same.rows() != before.rows()) {
        differences.add(
            String.format(
                Locale.ROOT,
                "%s has %,d rows in place of %,d",
                same.name(),
                same.rows(),
                before.rows()));
      }
    }
    left.values().forEach(added -> differences.add("the table %s is new".formatted(added.name())));
    return differences;
  }

  private static String key(DumpTable table) {
    return table.database() + "/" + table.name();
  }
}
