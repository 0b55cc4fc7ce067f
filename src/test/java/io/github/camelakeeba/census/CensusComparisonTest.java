package io.github.camelakeeba.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.archive.dump.DumpTable;
import io.github.camelakeeba.config.proof.CensusSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CensusComparisonTest {
  private static final String LAST = "the last good backup of profile 1, of 2026-11-21,";

  private static List<String> warnings(Census before, Census now, int shrunk) {
    return new CensusComparison(CensusSettings.SHIPPED, shrunk).warnings(before, now, LAST);
  }

  private static Census counted(Object... namesAndRows) {
    List<DumpTable> tables = new ArrayList<>();
    for (int i = 0; i < namesAndRows.length; i += 2) {
      long rows = ((Number) namesAndRows[i + 1]).longValue();
      tables.add(new DumpTable("site", (String) namesAndRows[i], rows, "utf8mb4", null));
    }
    return new Census(0, 0, true, tables);
  }

  private static Census keys(LongStream keys) {
    return HonestNightsTest.census(Map.of("#__orders", keys.boxed().toList()));
  }

  @Test
  void tables_that_are_gone_are_named_unless_they_may_go() {
    Census before =
        counted("#__a", 0, "#__b", 5, "#__session", 900, "plain", 1, "#__page_cache", 7, "#__c", 2);
    assertThat(warnings(before, counted("#__a", 0, "plain", 1, "#__c", 2), 50))
        .containsExactly(
            "The table #__b is not in the dump any more; the last good backup of profile 1, of"
                + " 2026-11-21, had it.");
    assertThat(warnings(before, counted("#__new", 3), 50))
        .containsExactly(
            "4 tables are not in the dump any more, and the last good backup of profile 1, of"
                + " 2026-11-21, had them: #__a, #__b, plain, #__c.");
    assertThat(warnings(counted(), before, 50)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 500, 50, false",
    "1000, 499, 50, true",
    "1000, 899, 90, true",
    "1000, 0, 0, false",
    "5, 0, 50, false",
    "60, 11, 50, false",
    "60, 0, 50, true"
  })
  void rows_are_too_few_below_what_shrunk_says_and_only_where_many_are_missing(
      long before, long now, int shrunk, boolean warned) {
    List<String> warnings = warnings(counted("#__a", before), counted("#__a", now), shrunk);
    assertThat(warnings).hasSize(warned ? 1 : 0);
    if (now == 499) {
      assertThat(warnings)
          .containsExactly(
              "The table #__a has 499 rows, where the last good backup of profile 1, of"
                  + " 2026-11-21, had 1,000.");
    }
  }

  @Test
  void what_lacks_most_rows_comes_first_and_a_torrent_is_cut() {
    List<Object> before = new ArrayList<>();
    List<Object> now = new ArrayList<>();
    for (int i = 1; i <= 14; i++) {
      before.addAll(List.of("#__t" + i, i * 1_000));
      now.addAll(List.of("#__t" + i, 1));
    }
    List<String> warnings = warnings(counted(before.toArray()), counted(now.toArray()), 50);
    assertThat(warnings).hasSize(11);
    assertThat(warnings.get(0)).startsWith("The table #__t14 has 1 rows");
    assertThat(warnings.get(10)).isEqualTo("In 4 more tables rows are missing, too.");
  }

  @Test
  void a_hole_is_told_with_its_first_and_last_key() {
    Census before = keys(LongStream.rangeClosed(1, 20_000));
    // as measured: a killed step took 500 of 20,000
    Census now = keys(LongStream.rangeClosed(1, 20_100).filter(k -> k < 7_001 || k > 7_500));
    assertThat(warnings(before, now, 50))
        .containsExactly(
            "The table #__orders has no rows with the keys 7001 to 7500 any more, where the last"
                + " good backup of profile 1, of 2026-11-21, had about 500. It has 19,600 rows now,"
                + " and had 20,000. If nobody has deleted them, a step of the dump was interrupted:"
                + " take the backup anew.");
    assertThat(warnings(now, now, 50)).as("it was there last night").isEmpty();
  }

  @Test
  void holes_behind_a_jump_of_the_keys_are_found_too() {
    LongStream jumped =
        LongStream.concat(
            LongStream.rangeClosed(1, 3_000),
            LongStream.rangeClosed(9_000_000_000_000_000_000L, 9_000_000_000_000_000_200L));
    Census before = keys(jumped);
    Census now =
        keys(
            LongStream.concat(
                LongStream.rangeClosed(1, 3_000).filter(k -> k < 1_001 || k > 1_200),
                LongStream.rangeClosed(9_000_000_000_000_000_000L, 9_000_000_000_000_000_200L)));
    assertThat(warnings(before, now, 50))
        .singleElement()
        .asString()
        .contains("with the keys 1001 to 1200 any more");
  }

  @Test
  void the_end_of_a_table_counts_where_a_fifth_of_it_is_missing() {
    Census before = keys(LongStream.rangeClosed(1, 5_000));
    assertThat(warnings(before, keys(LongStream.rangeClosed(1, 4_000)), 50))
        .singleElement()
        .asString()
        .contains("the keys 4001 to 5000 any more");
    assertThat(warnings(before, keys(LongStream.rangeClosed(1, 4_500)), 50)).isEmpty();
  }

  /** As a purge leaves it; a dump that lost a table's first rows has lost its CREATE, too. */
  @Test
  void the_lowest_keys_are_no_hole() {
    Census before = keys(LongStream.rangeClosed(1, 5_000));
    assertThat(warnings(before, keys(LongStream.rangeClosed(2_000, 5_000)), 50)).isEmpty();
    assertThat(
            warnings(
                before,
                keys(
                    LongStream.of(
                        LongStream.concat(
                                LongStream.rangeClosed(1, 3), LongStream.rangeClosed(2_000, 5_000))
                            .toArray())),
                50))
        .isEmpty();
  }
}
