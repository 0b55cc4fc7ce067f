package io.github.camelakeeba.akeeba;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.capture.Captures;
import io.github.camelakeeba.capture.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Damaged answers never end a backup well, and never raise anything without a kind. The damage is
 * the same in every run: the seed is fixed.
 */
class BrokenAnswerFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
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
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "2",
          "200",
          "1.5",
          "1e400",
          "9223372036854775808",
          "\"\"",
          "\" \"",
          "\"0\"",
          "\"1\"",
          "\"true\"",
          "\"no\"",
          "\"200\"",
          "\"abc\"",
          "\"-7\"",
          "\"<b>x</b>\"",
          "\"2026-11-22 20:15:58\"",
          "[]",
          "[null]",
          "[0]",
          "[\"x\"]",
          "[[[]]]",
          "{}",
          "{\"0\":\"x\"}",
          "{\"status\":200,\"data\":{\"HasRun\":false}}");

  private static int cases;

  private final AnswerParser parser = new AnswerParser();
  private final StepOrder order = new StepOrder();
  private final Random random = new Random(20261122);

  @AfterAll
  static void there_were_at_least_10000_cases() {
    assertThat(cases).isGreaterThan(10_000);
  }

  /** One real answer of each method, and every answer that really ended a backup. */
  private static List<Exchange> originals() {
    Map<String, Exchange> chosen = new LinkedHashMap<>();
    for (Exchange exchange : Captures.all()) {
      String body = body(exchange);
      if (exchange.complete() && body.startsWith("{\"status\":200,\"data\":{\"HasRun\":false")) {
        chosen.put(exchange.capture(), exchange);
      } else if (exchange.complete() && body.startsWith("{\"status\":200,")) {
        chosen.putIfAbsent(exchange.method(), exchange);
      }
    }
    chosen.keySet().removeAll(List.of("", "GETVERSION", "exportConfiguration"));
    return List.copyOf(chosen.values());
  }

  private static String body(Exchange exchange) {
    return new String(exchange.body(), StandardCharsets.UTF_8);
  }

  private Object parsed(String method, byte[] body) {
    Answer answer = new Answer(method, 200, "application/json", null, body);
    return switch (method) {
      case "getVersion" -> parser.version(answer);
      case "getProfiles" -> parser.profiles(answer);
      case "startBackup", "stepBackup" -> parser.step(answer);
      case "listBackups" -> parser.records(answer);
      case "getBackupInfo" -> parser.record(answer);
      default -> parser.data(answer);
    };
  }

  /** What became of it, or null when it raised an exception with a kind. */
  private Object attempt(String method, byte[] body) {
    cases++;
    try {
      return parsed(method, body);
    } catch (AkeebaException e) {
      assertThat(e.kind()).isNotNull();
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(900);
      return null;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void an_answer_cut_at_any_byte_is_none() {
    for (Exchange exchange : originals()) {
      byte[] whole = exchange.body();
      assertThat(attempt(exchange.method(), whole)).as(exchange.toString()).isNotNull();
      for (int length = 0; length < whole.length; length++) {
        byte[] half = Arrays.copyOf(whole, length);
        assertThat(attempt(exchange.method(), half)).as("%s at %d", exchange, length).isNull();
      }
    }
  }

  @Test
  void an_answer_cut_at_any_byte_is_none_within_noise_either() {
    for (Exchange exchange : originals()) {
      String body = body(exchange);
      for (int length = 0; length < body.length(); length += 1 + random.nextInt(3)) {
        String noisy = "<b>Notice</b>: {x}\n" + body.substring(0, length) + "<!-- cached -->";
        assertThat(attempt(exchange.method(), bytes(noisy)))
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
        Object result = attempt("stepBackup", bytes(outer.substring(0, length)));
        assertThat(result).as(outer.substring(0, length)).isNull();
      }
    }
  }

  @Test
  void noise_around_an_answer_changes_nothing_or_makes_it_unreadable() {
    for (Exchange exchange : originals()) {
      Object clean = parsed(exchange.method(), exchange.body());
      int understood = 0;
      for (int i = 0; i < 300; i++) {
        Object result = attempt(exchange.method(), bytes(junk() + body(exchange) + junk()));
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
  void a_member_of_any_other_type_never_ends_a_backup_that_runs() throws Exception {
    swaps(
        Answers.STEP,
        answer -> {
          boolean asked =
              answer.contains("\"HasRun\":false") || answer.matches(".*\"HasRun\":\"?0.*");
          Object result = attempt("stepBackup", bytes(answer));
          if (result instanceof StepAnswer step && !asked) {
            assertThat(step.hasRun()).as(answer).isTrue();
          }
        });
  }

  @Test
  void a_finished_answer_with_one_member_of_another_type_is_judged_by_what_matters()
      throws Exception {
    String finished = Answers.STEP.replace("\"HasRun\":true", "\"HasRun\":false");
    swaps(
        finished,
        answer -> {
          if (endsWell(answer)) {
            JsonNode data = node(answer).get("data");
            assertThat(node(answer).get("status").asText()).isEqualTo("200");
            assertThat(data.get("HasRun").asText()).as(answer).isIn("false", "0");
            assertThat(data.path("Error").toString()).isIn("\"\"", "null", "false", "[]", "{}", "");
            assertThat(data.path("backupid").asText("")).isIn("id-20261122-201556-824357", "");
          }
        });
  }

  /** As a run judges it: understood, in order, and finished. */
  private boolean endsWell(String answer) {
    Object result = attempt("stepBackup", bytes(answer));
    try {
      if (result instanceof StepAnswer step) {
        order.check("id-20261122-201556-824357", 9, step);
        return !step.hasRun();
      }
    } catch (AkeebaException e) {
      assertThat(e.kind()).isNotNull();
    }
    return false;
  }

  @Test
  void every_member_of_every_answer_may_be_of_any_type_without_a_stray_exception()
      throws Exception {
    for (Exchange exchange : originals()) {
      swaps(body(exchange), answer -> attempt(exchange.method(), bytes(answer)));
    }
  }

  /**
   * Each member of the envelope and of its data in turn: without it, and with every other value.
   */
  private static void swaps(String answer, Consumer<String> check) throws Exception {
    for (String path : paths(node(answer))) {
      for (int i = -1; i < VALUES.size(); i++) {
        ObjectNode changed = node(answer);
        JsonNode owner = path.startsWith("data ") ? changed.get("data") : changed;
        ObjectNode object = (ObjectNode) (owner.isArray() ? owner.get(0) : owner);
        String name = path.replaceFirst("^data ", "");
        if (i < 0) {
          object.remove(name);
        } else {
          object.set(name, JSON.readTree(VALUES.get(i)));
        }
        check.accept(changed.toString());
      }
    }
  }

  private static List<String> paths(ObjectNode answer) {
    List<String> paths = new ArrayList<>(List.of("status", "data"));
    JsonNode data = answer.get("data").isArray() ? answer.get("data").path(0) : answer.get("data");
    data.fieldNames().forEachRemaining(name -> paths.add("data " + name));
    return paths;
  }

  private static ObjectNode node(String answer) {
    try {
      return (ObjectNode) JSON.readTree(answer);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(answer, e);
    }
  }

  @Test
  void bytes_that_are_changed_lost_or_doubled_never_end_a_backup_that_runs() {
    for (int i = 0; i < 5_000; i++) {
      byte[] body = bytes(Answers.STEP);
      for (int damage = 1 + random.nextInt(3); damage > 0; damage--) {
        body = damaged(body);
      }
      if (attempt("stepBackup", body) instanceof StepAnswer step) {
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
