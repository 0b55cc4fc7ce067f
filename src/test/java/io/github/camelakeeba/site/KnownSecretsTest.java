package io.github.camelakeeba.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No text that went through the mask holds a secret. */
class KnownSecretsTest {

  @Test
  void every_form_of_a_secret_is_blotted_out() {
    KnownSecrets.add("Ge/heim \"ß&<");
    assertThat(
            KnownSecrets.mask(
                "[Ge/heim \"ß&<] [Ge%2Fheim+%22%C3%9F%26%3C] [Ge%2fheim%20%22%c3%9f%26%3c]"))
        .isEqualTo("[***] [***] [***]");
    assertThat(
            KnownSecrets.mask(
                "[R2UvaGVpbSAiw58mPA==] [Ge/heim \\\"ß&<] [Ge/heim &quot;ß&amp;&lt;]"))
        .isEqualTo("[***] [***] [***]");
  }

  @Test
  void secrets_inside_and_across_each_other_leave_no_rest() {
    KnownSecrets.add("qqabcdef");
    KnownSecrets.add("qqabcdefghij");
    KnownSecrets.add("defghijklmnop");
    KnownSecrets.add("zq7");
    assertThat(KnownSecrets.mask("-qqabcdefghij-")).isEqualTo("-***-");
    assertThat(KnownSecrets.mask("-qqabcdefghijklmnop-qqabcdef")).isEqualTo("-***-***");
    assertThat(KnownSecrets.mask("zq7")).isEqualTo("***");
    assertThat(KnownSecrets.mask("zq")).isEqualTo("zq");
    assertThat(KnownSecrets.mask("")).isEmpty();
  }

  @Test
  void a_line_is_masked_in_well_under_a_millisecond_among_ten_thousand_secrets() {
    Random random = new Random(7);
    String last = "";
    for (int i = 0; i < 10_000; i++) {
      last =
          Long.toUnsignedString(random.nextLong(), 36)
              + Long.toUnsignedString(random.nextLong(), 36);
      KnownSecrets.add(last);
    }
    String line = "run shop@2026-11-22T02:30:00Z site shop step 12 of Packing ".repeat(4) + last;
    long before = System.nanoTime();
    for (int i = 0; i < 2_000; i++) {
      assertThat(KnownSecrets.mask(line)).endsWith("Packing ***");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
  }
}
