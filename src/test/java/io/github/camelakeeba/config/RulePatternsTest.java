package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RulePatternsTest {
  @Test
  void a_star_is_any_letters_and_a_question_mark_is_one_and_all_else_is_itself() {
    assertThat(NotificationRule.matches("shop*", "shop")).isTrue();
    assertThat(NotificationRule.matches("shop*", "shop.example-1")).isTrue();
    assertThat(NotificationRule.matches("*.com", "shop.com")).isTrue();
    assertThat(NotificationRule.matches("*.com", "shopXcom")).isFalse();
    assertThat(NotificationRule.matches("s?op", "shop")).isTrue();
    assertThat(NotificationRule.matches("s?op", "sop")).isFalse();
    assertThat(NotificationRule.matches("?*", "x")).isTrue();
    assertThat(NotificationRule.matches("*hop", "my-shop")).isTrue();
    assertThat(NotificationRule.matches("shop", "shop-2")).isFalse();
  }
}
