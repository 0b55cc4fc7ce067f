package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.watch.Summary.NeedsYou;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is off, paused or was never backed up is not said to be well. */
class SummarySentenceTest {
  private static SummarySentence of(
      int sites, int off, int withoutGood, Map<String, Integer> states) {
    NeedsYou nothing = new NeedsYou(0, List.of(), 0, List.of(), List.of());
    return new SummarySentence(sites, off, withoutGood, 0, states, nothing, false);
  }

  @Test
  void all_are_good() {
    SummarySentence sentence = of(2, 0, 0, Map.of("completed", 2));
    assertThat(sentence.text()).isEqualTo("All 2 sites have a good backup.");
    assertThat(sentence.level()).isEqualTo("ok");
  }

  @Test
  void a_site_without_any_good_backup_is_not_ok() {
    SummarySentence sentence = of(3, 0, 1, Map.of("completed", 2, "never", 1));
    assertThat(sentence.text()).isEqualTo("1 of 3 sites has no good backup yet.");
    assertThat(sentence.level()).isEqualTo("unknown");
  }

  @Test
  void a_paused_site_is_named() {
    assertThat(of(2, 0, 0, Map.of("completed", 1, "paused", 1)).text())
        .isEqualTo("All 2 sites have a good backup, 1 paused.");
    SummarySentence never = of(1, 0, 1, Map.of("paused", 1));
    assertThat(never.text()).isEqualTo("1 of 1 site has no good backup yet, 1 paused.");
    assertThat(never.level()).isEqualTo("unknown");
  }

  @Test
  void what_is_switched_off_counts_as_nothing_but_that() {
    assertThat(of(3, 1, 0, Map.of("completed", 2, "never", 1)).text())
        .isEqualTo("All 2 sites have a good backup, 1 switched off.");
    SummarySentence none = of(3, 3, 0, Map.of("never", 3));
    assertThat(none.text()).isEqualTo("All 3 sites are switched off.");
    assertThat(none.level()).isEqualTo("unknown");
    assertThat(of(2, 2, 0, Map.of("completed", 2)).level()).isEqualTo("unknown");
    assertThat(of(1, 1, 0, Map.of("completed", 1)).text()).isEqualTo("The site is switched off.");
  }

  @Test
  void no_site_is_not_ok() {
    SummarySentence sentence = of(0, 0, 0, Map.of());
    assertThat(sentence.text()).isEqualTo("There is no site.");
    assertThat(sentence.level()).isEqualTo("unknown");
  }
}
