package io.github.camelakeeba.akeeba.answer;

import static io.github.camelakeeba.akeeba.answer.ParseAttempts.body;
import static io.github.camelakeeba.akeeba.answer.ParseAttempts.bytes;
import static io.github.camelakeeba.akeeba.answer.ParseAttempts.originals;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.StepAnswer;
import io.github.camelakeeba.capture.CapturedExchange;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Damaged answers never end a backup well, and never raise anything without a kind. The damage is
 * the same in every run: the seed is fixed.
 */
class BrokenAnswerFuzzTest {
  private static final List<String> JUNK =
      List.of(
          "\uFEFF",
          "###",
          "\n",
          "{",
          "}",
          "{}",
          "[",
          "]",
          "\"",
          "\\",
          "{\"a\":1}",
          "{\"status\":200}",
          "{\"data\":{\"HasRun\":false}}",
          "{\"HasRun\":false}",
          "{ color: red }",
          "<br />\n<b>Notice</b>: Undefined index: \"x\" in <b>/srv/a.php</b> on line <b>3</b>",
          "array(1) { [\"status\"]=> int(200) }",
          "<!-- cached by { SpeedyCache } -->",
          "<html><body><script>var a = {\"b\":[1,2,{\"c\":null}]};</script>",
          "Warning: \"data\" is {$data}",
          "\u0000\u0007",
          "ünïcödé 😀");

  private static final ParseAttempts ATTEMPTS = new ParseAttempts();

  private final Random random = new Random(20261122);

  @AfterAll
  static void there_were_at_least_10000_cases() {
    assertThat(ATTEMPTS.count()).isGreaterThanOrEqualTo(10_000);
  }

  @Test
  void an_answer_cut_at_any_byte_is_none() {
    for (CapturedExchange exchange : originals()) {
      byte[] whole = exchange.body();
      assertThat(ATTEMPTS.attempt(exchange.method(), whole)).as(exchange.toString()).isNotNull();
      for (int length = 0; length < whole.length; length++) {
        byte[] half = Arrays.copyOf(whole, length);
        assertThat(ATTEMPTS.attempt(exchange.method(), half))
            .as("%s at %d", exchange, length)
            .isNull();
      }
    }
  }

  @Test
  void an_answer_cut_at_any_byte_is_none_within_noise_either() {
    for (CapturedExchange exchange : originals()) {
      String body = body(exchange);
      for (int length = 0; length < body.length(); length += 1 + random.nextInt(3)) {
        String noisy = "<b>Notice</b>: {x}\n" + body.substring(0, length) + "<!-- cached -->";
        assertThat(ATTEMPTS.attempt(exchange.method(), bytes(noisy)))
            .as("%s at %d", exchange, length)
            .isNull();
      }
    }
  }

  @Test
  void half_an_answer_that_holds_a_whole_one_inside_is_none() {
    String inner = "{\"status\":200,\"data\":{\"HasRun\":false}}";
    for (String last : List.of("null", "true", "12", "-1.5e3", "\"\\u00e9\"", "[1]", "{\"b\":1}")) {
      String outer = "{\"status\":500,\"debug\":" + inner + ",\"data\":" + last + "}";
      int from = outer.indexOf(inner);
      for (int length = from + inner.length(); length < outer.length(); length++) {
        Object result = ATTEMPTS.attempt("stepBackup", bytes(outer.substring(0, length)));
        assertThat(result).as(outer.substring(0, length)).isNull();
      }
    }
  }

  @Test
  void noise_around_an_answer_changes_nothing_or_makes_it_unreadable() {
    for (CapturedExchange exchange : originals()) {
      Object clean = ATTEMPTS.parsed(exchange.method(), exchange.body());
      int understood = 0;
      for (int i = 0; i < 300; i++) {
        Object result =
            ATTEMPTS.attempt(exchange.method(), bytes(junk() + body(exchange) + junk()));
        if (result != null) {
          assertThat(result).isEqualTo(clean);
          understood++;
        }
      }
      assertThat(understood).isGreaterThan(100);
    }
  }

  private String junk() {
    StringBuilder junk = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      junk.append(JUNK.get(random.nextInt(JUNK.size())));
    }
    return junk.toString();
  }

  @Test
  void bytes_that_are_changed_lost_or_doubled_never_end_a_backup_that_runs() {
    for (int i = 0; i < 5_000; i++) {
      byte[] body = bytes(SampleResponses.STEP);
      for (int damage = 1 + random.nextInt(3); damage > 0; damage--) {
        body = damaged(body);
      }
      if (ATTEMPTS.attempt("stepBackup", body) instanceof StepAnswer step) {
        assertThat(step.hasRun()).isTrue();
      }
    }
  }

  private byte[] damaged(byte[] body) {
    int at = random.nextInt(body.length);
    byte[] damaged =
        switch (random.nextInt(3)) {
          case 0 -> join(body, at, at + 1);
          case 1 -> join(body, at, Math.max(0, at - random.nextInt(40)));
          default -> body.clone();
        };
    if (damaged.length == body.length) {
      damaged[at] = (byte) random.nextInt(256);
    }
    return damaged;
  }

  private static byte[] join(byte[] body, int end, int from) {
    byte[] joined = Arrays.copyOf(body, end + body.length - from);
    System.arraycopy(body, from, joined, end, body.length - from);
    return joined;
  }
}
