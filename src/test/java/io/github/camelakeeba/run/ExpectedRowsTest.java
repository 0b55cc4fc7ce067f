package io.github.camelakeeba.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.StepAnswer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedRowsTest {
  private static StepAnswer answer(String domain, String step, String substep) {
    return new StepAnswer(
        true, domain, step, substep, "", List.of(), "", 0, "id", 1L, 0, 3, "running", null);
  }

  @Test
  void the_largest_count_of_each_table_stays() {
    ExpectedRows rows =
        ExpectedRows.NONE
            .plus(answer("PackDB", "jos_content", "85 / 2500"))
            .plus(answer("PackDB", "jos_content", "838 / 2501"))
            .plus(answer("db", "jos_assets", "1 / 15"))
            .plus(answer("PackDB", "jos_content", "1259 / 2499"));
    assertThat(rows.tables())
        .containsOnly(
            org.assertj.core.api.Assertions.entry("jos_content", 2501L),
            org.assertj.core.api.Assertions.entry("jos_assets", 15L));
  }

  @ParameterizedTest
  @CsvSource({
    "Packing,/srv/site/a.php,1 / 2",
    "PackDB,'',1 / 2",
    "PackDB,jos_content,''",
    "PackDB,jos_content,half / 20",
    "PackDB,jos_content,1 / 99999999999999999999"
  })
  void whatever_else_stands_there_tells_nothing(String domain, String step, String substep) {
    assertThat(ExpectedRows.NONE.plus(answer(domain, step, substep))).isEqualTo(ExpectedRows.NONE);
  }

  @Test
  void a_site_can_fill_no_more_than_its_share() {
    ExpectedRows rows =
        IntStream.range(0, 1000)
            .mapToObj(i -> answer("PackDB", "t" + i, "1 / 9"))
            .reduce(ExpectedRows.NONE, ExpectedRows::plus, (a, b) -> a);
    assertThat(rows.tables()).hasSize(ExpectedRows.MAX_TABLES);
    assertThat(rows.plus(answer("PackDB", "t".repeat(200), "1 / 9"))).isEqualTo(rows);
  }
}
