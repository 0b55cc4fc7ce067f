package io.github.camelakeeba.akeeba.answer;

import static io.github.camelakeeba.akeeba.answer.SampleResponses.STEP;
import static io.github.camelakeeba.akeeba.answer.SampleResponses.json;
import static io.github.camelakeeba.akeeba.answer.SampleResponses.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.StepAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real servers print around the answer. */
class NoiseAroundTheAnswerTest {
  private final ResponseReader parser = new ResponseReader();
  private final StepAnswer clean = parser.step(json("stepBackup", STEP));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF%s",
        "  \r\n%s\n\n",
        "###%s###",
        "<br />\n<b>Notice</b>: Undefined index: x in <b>/srv/a.php</b> on line <b>3</b><br />\n%s",
        "%s\n<!-- Cached by SpeedyCache { 0.1s } -->",
        "Notice: array { [\"a\"] => {b} }\n%s<!-- {} -->",
        "{\"status\":\"notice\"}%s{\"data\":1}",
        "{\"log\":{\"status\":200,\"data\":{\"HasRun\":false}}}%s",
        "\uFEFF\uFEFF###\uFEFF%s### }",
        "}}}{{{%s}}}",
        "<style>a { color: red }</style>{ \"a\": [1, } %s"
      })
  void noise_around_the_answer_changes_nothing(String noise) {
    assertThat(parser.step(json("stepBackup", noise.replace("%s", STEP)))).isEqualTo(clean);
  }

  @Test
  void marks_and_braces_inside_the_answer_are_its_own() {
    String body = STEP.replace("/srv/site/images", "###{\\\"status\\\":500,\\\"data\\\":1}###");
    assertThat(parser.step(json("stepBackup", body)).step())
        .isEqualTo("###{\"status\":500,\"data\":1}###");
    assertThat(parser.step(json("stepBackup", "Notice: x\n" + body)).step()).startsWith("###{");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s%s",
        "%s{\"status\":500,\"data\":\"x\"}",
        "{\"status\":500,\"data\":%s} x",
        "{\"status\":500,\"data\":\"x\",\"more\":%s",
        "{\"status\":500,\"data\":[%s,}]}",
        "{\"status\":500,\"data\":[%s,}],\"more\":\"and more of it\"}",
        "[%s]",
        "{\"data\":%s}",
        "[1, %s {",
        "{\"a\":%s",
      })
  void an_answer_that_is_not_the_only_one_or_not_whole_is_none(String around) {
    AkeebaException refused =
        refusal(() -> parser.step(json("stepBackup", around.replace("%s", STEP))));
    assertThat(refused).as(around).isNotNull();
    assertThat(refused.kind())
        .as(refused.getMessage())
        .isIn(ErrorKind.UNREACHABLE, ErrorKind.BACKUP_ERROR);
  }

  @Test
  void an_empty_body_is_a_lost_answer() {
    for (String body : new String[] {"", " \n", "\uFEFF"}) {
      AkeebaException refused = refusal(() -> parser.version(json("getVersion", body)));
      assertThat(refused.kind()).isEqualTo(ErrorKind.UNREACHABLE);
    }
  }

  @Test
  void a_page_in_the_place_of_a_step_is_a_lost_answer() {
    AkeebaException refused =
        refusal(() -> parser.step(json("stepBackup", "<title>Hi</title><h1>Shop</h1>")));
    assertThat(refused.kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(refused).hasMessageContaining("(\"Hi\")");
  }

  @Test
  void a_page_in_the_place_of_the_version_means_that_there_is_no_api() {
    AkeebaException refused =
        refusal(
            () -> parser.version(json("getVersion", "<p>x</p><h1>My <i>shop</i>&amp;blog</h1>")));
    assertThat(refused.kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(refused)
        .hasMessageContaining("(\"My shop &blog\")")
        .hasMessageContaining("maintenance")
        .hasMessageContaining("database");
  }

  @Test
  void the_retired_api_is_called_by_its_name() {
    String body = "###{\"encapsulation\":1,\"body\":{\"status\":200,\"data\":\"[]\"}}###";
    AkeebaException refused = refusal(() -> parser.version(json("getVersion", body)));
    assertThat(refused.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(refused).hasMessageContaining("API v1");
  }

  @Test
  void a_body_deeper_or_longer_than_any_answer_is_refused() {
    String deep = "{\"status\":200,\"data\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    String bomb = "{\"a\":".repeat(200_000);
    String braces = "{\"".repeat(500_000);
    String huge = " ".repeat(ResponseBody.MAX_BYTES) + STEP;
    for (String body : new String[] {deep, bomb, braces, huge}) {
      AkeebaException refused = refusal(() -> parser.step(json("stepBackup", body)));
      assertThat(refused.kind()).isEqualTo(ErrorKind.UNREACHABLE);
    }
  }

  @Test
  void a_member_that_stands_twice_makes_the_answer_unreadable() {
    String body = STEP.replace("{\"HasRun\":true,", "{\"HasRun\":true,\"HasRun\":false,");
    AkeebaException refused = refusal(() -> parser.step(json("stepBackup", body)));
    assertThat(refused.kind()).isEqualTo(ErrorKind.UNREACHABLE);
  }
}
