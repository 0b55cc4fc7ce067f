package io.github.camelakeeba.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RulePatternsTest {
  @Test
  void a_star_is_any_letters_and_a_question_mark_is_one_and_all_else_is_itself() {
    assertThat(Rule.matches("shop*", "shop")).isTrue();
    assertThat(Rule.matches("shop*", "shop.example-1")).isTrue();
    assertThat(Rule.matches("*.com", "shop.com")).isTrue();
    assertThat(Rule.matches("*.com", "shopXcom")).isFalse();
    assertThat(Rule.matches("s?op", "shop")).isTrue();
    assertThat(Rule.matches("s?op", "sop")).isFalse();
    assertThat(Rule.matches("?*", "x")).isTrue();
    assertThat(Rule.matches("*hop", "my-shop")).isTrue();
    assertThat(Rule.matches("shop", "shop-2")).isFalse();
  }
}
