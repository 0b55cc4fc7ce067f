package io.github.camelakeeba.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No text that went through the mask holds a secret. */
class SecretMaskerTest {

  @Test
  void every_form_of_a_secret_is_blotted_out() {
    SecretMasker.add("Ge/heim \"ß&<");
    assertThat(
            SecretMasker.mask(
                "[Ge/heim \"ß&<] [Ge%2Fheim+%22%C3%9F%26%3C] [Ge%2fheim%20%22%c3%9f%26%3c]"))
        .isEqualTo("[***] [***] [***]");
    assertThat(
            SecretMasker.mask(
                "[R2UvaGVpbSAiw58mPA==] [Ge/heim \\\"ß&<] [Ge/heim &quot;ß&amp;&lt;]"))
        .isEqualTo("[***] [***] [***]");
  }

  @Test
  void secrets_inside_and_across_each_other_leave_no_rest() {
    SecretMasker.add("qqabcdef");
    SecretMasker.add("qqabcdefghij");
    SecretMasker.add("defghijklmnop");
    assertThat(SecretMasker.mask("-qqabcdefghij-")).isEqualTo("-***-");
    assertThat(SecretMasker.mask("-qqabcdefghijklmnop-qqabcdef")).isEqualTo("-***-***");
    assertThat(SecretMasker.mask("")).isEmpty();
  }

  /** What PHP and JavaScript really write; measured with PHP 8.2 and Node 20. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          json_encode              | abc\\/dèf'<-SECRET"1234 | abc\\\\\\/d\\u00e8f'<-SECRET\\"1234
          json_encode, upper case  | abc\\/dèf'<-SECRET"1234 | abc\\\\\\/d\\u00E8f'<-SECRET\\"1234
          JSON_HEX_TAG and so on   | abc/dèf'<-SECRET~1234   | abc/d\\u00e8f\\u0027\\u003c-SECRET~1234
          JSON.stringify           | abc/dèf'<-SECRET"1234   | abc/dèf'<-SECRET\\"1234
          rawurlencode             | abc/dèf'<-SEC RET~1234  | abc%2Fd%C3%A8f%27%3C-SEC%20RET~1234
          urlencode                | abc/dèf'<-SEC RET~1234  | abc%2Fd%C3%A8f%27%3C-SEC+RET%7E1234
          encodeURIComponent       | abc/dèf'<-SEC RET~!1234 | abc%2Fd%C3%A8f'%3C-SEC%20RET~!1234
          encodeURI                | abc/dèf'<-SEC RET~!1234 | abc/d%C3%A8f'%3C-SEC%20RET~!1234
          twice                    | abc/dèf'<-SEC RET~1234  | abc%252Fd%25C3%25A8f%2527%253C-SEC%2520RET~1234
          htmlspecialchars         | abc/dèf'<-SEC"&RET1234  | abc/dèf&#039;&lt;-SEC&quot;&amp;RET1234
          ENT_COMPAT               | abc/dèf'<-SEC"&RET1234  | abc/dèf'&lt;-SEC&quot;&amp;RET1234
          addslashes               | abc/dèf'<-SEC"\\RET1234  | abc/dèf\\'<-SEC\\"\\\\RET1234
          """)
  void a_secret_is_masked_as_it_is_really_written(String writer, String secret, String written) {
    SecretMasker.add(secret);
    assertThat(SecretMasker.mask("{\"auth\":\"" + written + "\"}")).isEqualTo("{\"auth\":\"***\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user", "nobody-7Q@vW3x.zk"})
  void base64_of_a_user_and_a_secret_tells_nothing_of_the_secret(String user) {
    String secret = "Xk3-Base64-pL9?Zq>8";
    SecretMasker.add(secret);
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      String text = user.isEmpty() ? secret : user + ":" + secret;
      String masked = SecretMasker.mask(encoder.encodeToString(text.getBytes(UTF_8)));
      // what is left at its edges are bits of a single character
      String left = masked.substring(masked.indexOf("***") + 3).replace("=", "");
      assertThat(masked).contains("***");
      assertThat(left).hasSizeLessThanOrEqualTo(1);
      assertThat(masked.substring(0, masked.indexOf("***")))
          .hasSizeLessThanOrEqualTo((user.length() + 1) * 8 / 6 + 1);
    }
  }

  @Test
  void a_secret_that_is_cut_off_is_masked_from_eight_characters_on() {
    String secret = "Wq7/cut-off-Secret-5vT";
    SecretMasker.add(secret);
    for (int cut = 8; cut <= secret.length(); cut++) {
      assertThat(SecretMasker.mask("auth=" + secret.substring(0, cut) + "…"))
          .isEqualTo("auth=***…");
      assertThat(SecretMasker.mask("…" + secret.substring(secret.length() - cut) + " is wrong"))
          .isEqualTo("…*** is wrong");
      String escaped = secret.replace("/", "\\/");
      assertThat(SecretMasker.mask("\"" + escaped.substring(0, cut))).isEqualTo("\"***");
    }
    assertThat(SecretMasker.mask("Wq7/cut is no secret")).isEqualTo("Wq7/cut is no secret");
  }

  @Test
  void what_a_secret_has_in_common_with_other_words_stays_in_them() {
    SecretMasker.add("backup@vault.example.org");
    SecretMasker.add("productive-Key-77");
    String text =
        "https://shop.vault.example.org:8443/ is productively used, and so is x-vault.example.org";
    assertThat(SecretMasker.mask(text)).isEqualTo(text);
    assertThat(SecretMasker.mask("'productive-K...', …@vault.example.org"))
        .isEqualTo("'***...', …***");
  }

  @Test
  void an_address_is_one_as_a_whole_only() {
    SecretMasker.add("https://hooks.example.com/services/backups");
    SecretMasker.addWhole("/services/whole/backups");
    Secret.address("jms:queue:requesters");
    assertThat(SecretMasker.mask("trigger requesters consumes jms:queue:requesters"))
        .isEqualTo("trigger requesters consumes ***");
    assertThat(SecretMasker.mask("https://hooks.example.com/services/backups is not"))
        .isEqualTo("*** is not");
    assertThat(SecretMasker.mask("/services/whole/backups")).isEqualTo("***");
    assertThat(SecretMasker.mask("https://hooks.example.com/ and /backups, /services/whole"))
        .isEqualTo("https://hooks.example.com/ and /backups, /services/whole");
  }

  @Test
  void a_secret_of_a_few_letters_blots_none_out_of_the_words() {
    SecretMasker.add("kup");
    SecretMasker.add("zq7x");
    assertThat(SecretMasker.mask("The backup is complete: zq7x"))
        .isEqualTo("The backup is complete: ***");
  }

  @Test
  void ten_thousand_secrets_that_begin_alike_are_told_apart() {
    for (int i = 0; i < 10_000; i++) {
      SecretMasker.add("site-secret-of-many-" + i);
    }
    assertThat(SecretMasker.mask("[site-secret-of-many-4711] [site-se]"))
        .isEqualTo("[***] [site-se]");
  }

  @Test
  void a_line_is_masked_in_well_under_a_millisecond_among_ten_thousand_secrets() {
    Random random = new Random(7);
    String last = "";
    for (int i = 0; i < 10_000; i++) {
      last =
          Long.toUnsignedString(random.nextLong(), 36)
              + Long.toUnsignedString(random.nextLong(), 36);
      SecretMasker.add(last);
    }
    String line = "run shop@2026-11-22T02:30:00Z site shop step 12 of Packing ".repeat(4) + last;
    // of this thread: what else the machine has to do does not count
    ThreadMXBean time = ManagementFactory.getThreadMXBean();
    long before = time.getCurrentThreadCpuTime();
    for (int i = 0; i < 2_000; i++) {
      assertThat(SecretMasker.mask(line)).endsWith("Packing ***");
    }
    assertThat(Duration.ofNanos(time.getCurrentThreadCpuTime() - before))
        .isLessThan(Duration.ofSeconds(2));
  }

  /** What {@link ForgetSecretsAfterAClass} is for. */
  @Test
  void a_secret_of_other_tests_is_not_known_any_more() {
    SecretMasker.add("something");
    SecretMasker.add("oh no");
    SecretMasker.forgetAll();
    assertThat(SecretMasker.mask("something is wrong, oh no"))
        .isEqualTo("something is wrong, oh no");
  }
}
