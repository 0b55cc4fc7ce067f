package io.github.camelakeeba.archive.dump;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The dump of one database.
 *
 * @param files number of its SQL files
 * @param created how often each name is created
 * @param tables what it holds of each table that has rows
 */
record DatabaseDump(int files, Map<String, Integer> created, Map<String, TableRowCount> tables) {

  static DatabaseDump of(Collection<DumpFile> files) {
    Map<String, Integer> created = new HashMap<>();
    Map<String, TableRowCount> tables = new LinkedHashMap<>();
    for (DumpFile file : files) {
      file.created.forEach((name, times) -> created.merge(name, times, Integer::sum));
      file.tables.forEach(
          (name, part) -> tables.computeIfAbsent(name, n -> new TableRowCount()).add(part));
    }
    return new DatabaseDump(files.size(), created, tables);
  }
}
