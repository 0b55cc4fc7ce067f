package io.github.camelakeeba.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.dump.DumpReader;
import io.github.camelakeeba.config.proof.CensusSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shop does to its tables by itself alarms nobody; a run of rows that is missing does. */
class HonestNightsTest {
  private static final int NIGHTS = 200;
  private static final int SHRUNK = 50; // percent
  private static final String LAST = "the last good backup";
  private static final CensusComparison COMPARISON =
      new CensusComparison(CensusSettings.SHIPPED, SHRUNK);

  /** What the dump of these tables holds. */
  static Census census(Map<String, ? extends Collection<Long>> tables) {
    DumpReader dump = new DumpReader(false);
    dump.begin("site.sql");
    tables.forEach(
        (name, keys) -> {
          StringBuilder sql =
              new StringBuilder(
                  "CREATE TABLE `%s` (\n  `id` int(11),\n  PRIMARY KEY (`id`)\n) CHARSET=utf8mb4;\n"
                      .formatted(name));
          if (!keys.isEmpty()) {
            sql.append("INSERT INTO `").append(name).append("`  VALUES \n");
            keys.forEach(key -> sql.append("('").append(key).append("'),\n"));
            sql.replace(sql.length() - 2, sql.length(), ";\n");
          }
          byte[] bytes = sql.toString().getBytes(StandardCharsets.ISO_8859_1);
          dump.bytes(bytes, 0, bytes.length);
        });
    dump.end();
    assertThat(dump.verify(DumpExpectation.NONE).failure()).isNull();
    return new Census(0, 0, dump.complete(), dump.tables());
  }

  @Test
  void two_hundred_honest_nights_give_no_alarm() {
    SimulatedShop shop = new SimulatedShop(1);
    Census before = census(shop.tables());
    for (int night = 1; night <= NIGHTS; night++) {
      shop.nextDay();
      Census now = census(shop.tables());
      assertThat(COMPARISON.warnings(before, now, LAST)).as("night %s", night).isEmpty();
      before = now;
    }
  }

  /**
   * From 5 percent of a table on, at least 25 rows, wherever they lie between others that are
   * there; from 20 percent on also at its end. Not where an import had replaced all rows since, or
   * as many new ones came.
   */
  @ParameterizedTest
  @CsvSource({"5, 500, 90", "20, 500, 100"})
  void a_run_of_rows_that_is_missing_is_found_in_any_night(int percent, int least, int within) {
    SimulatedShop shop = new SimulatedShop(percent);
    Random random = new Random(percent);
    List<String> tables =
        shop.tables().keySet().stream()
            .filter(table -> !CensusSettings.SHIPPED.ignores(table))
            .toList();
    int tried = 0;
    for (int night = 1; night <= NIGHTS; night++) {
      String table = tables.get(night % tables.size());
      Set<Long> then = new LinkedHashSet<>(shop.tables().get(table));
      shop.nextDay();
      List<Long> keys = new ArrayList<>(shop.tables().get(table));
      int missing = keys.size() * percent / 100;
      long added = keys.stream().filter(key -> !then.contains(key)).count();
      if (keys.size() < least || added * 4 > missing) {
        continue;
      }
      int lowest = keys.size() / 20;
      int from = lowest + random.nextInt(keys.size() * within / 100 - missing - lowest + 1);
      keys.subList(from, from + missing).clear();
      tried++;
      assertThat(
              COMPARISON.warnings(census(Map.of(table, then)), census(Map.of(table, keys)), LAST))
          .as("%s, night %s: %s of %s at %s", table, night, missing, then.size(), from)
          .singleElement()
          .asString()
          .startsWith("The table " + table + " has no rows with the keys ");
    }
    assertThat(tried).isGreaterThan(NIGHTS / 2);
  }
}
