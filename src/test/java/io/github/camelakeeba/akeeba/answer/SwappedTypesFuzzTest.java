package io.github.camelakeeba.akeeba.answer;

import static io.github.camelakeeba.akeeba.answer.ParseAttempts.body;
import static io.github.camelakeeba.akeeba.answer.ParseAttempts.bytes;
import static io.github.camelakeeba.akeeba.answer.ParseAttempts.originals;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.StepAnswer;
import io.github.camelakeeba.capture.CapturedExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Members of a type that nobody expects never end a backup well, nor raise a stray exception. */
class SwappedTypesFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
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

  private static final ParseAttempts ATTEMPTS = new ParseAttempts();

  private final StepSequenceCheck order = new StepSequenceCheck();

  @AfterAll
  static void there_were_at_least_5000_cases() {
    assertThat(ATTEMPTS.count()).isGreaterThanOrEqualTo(5_000);
  }

  @Test
  void a_member_of_any_other_type_never_ends_a_backup_that_runs() throws Exception {
    swaps(
        SampleResponses.STEP,
        answer -> {
          boolean asked =
              answer.contains("\"HasRun\":false") || answer.matches(".*\"HasRun\":\"?0.*");
          Object result = ATTEMPTS.attempt("stepBackup", bytes(answer));
          if (result instanceof StepAnswer step && !asked) {
            assertThat(step.hasRun()).as(answer).isTrue();
          }
        });
  }

  @Test
  void a_finished_answer_with_one_member_of_another_type_is_judged_by_what_matters()
      throws Exception {
    String finished = SampleResponses.STEP.replace("\"HasRun\":true", "\"HasRun\":false");
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
    Object result = ATTEMPTS.attempt("stepBackup", bytes(answer));
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
    for (CapturedExchange exchange : originals()) {
      swaps(body(exchange), answer -> ATTEMPTS.attempt(exchange.method(), bytes(answer)));
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
}
