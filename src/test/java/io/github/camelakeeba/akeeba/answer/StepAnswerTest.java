package io.github.camelakeeba.akeeba.answer;

import static io.github.camelakeeba.akeeba.answer.SampleResponses.refusal;
import static io.github.camelakeeba.akeeba.answer.SampleResponses.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.ErrorKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepAnswerTest {
  private final ResponseReader parser = new ResponseReader();

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "\"1\"", "\"true\""})
  void every_true_HasRun_asks_for_another_step(String written) {
    assertThat(parser.step(step("HasRun", written)).hasRun()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "0", "\"0\"", "\"false\""})
  void every_false_HasRun_ends_the_backup(String written) {
    assertThat(parser.step(step("HasRun", written)).hasRun()).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"null", "\"\"", "2", "-1", "0.0", "\"no\"", "\"00\"", "[]", "{}", "[false]"})
  void any_other_HasRun_is_out_of_order(String written) {
    AkeebaException refused = refusal(() -> parser.step(step("HasRun", written)));
    assertThat(refused.kind()).isEqualTo(ErrorKind.OUT_OF_ORDER);
    assertThat(refused).hasMessageContaining("HasRun");
  }

  @Test
  void an_error_counts_even_where_HasRun_is_missing() {
    String body = "{\"status\":200,\"data\":{\"Error\":\"The disk is full\"}}";
    AkeebaException refused = refusal(() -> parser.step(SampleResponses.json("stepBackup", body)));
    assertThat(refused.kind()).isEqualTo(ErrorKind.BACKUP_ERROR);
    assertThat(refused).hasMessage("The disk is full");
  }

  @Tag("fault")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1500|1500",
        "\"1500\"|1500",
        "\" 1500 \"|1500",
        "12.9|12",
        "\"12.9\"|12",
        "-5|0",
        "\"-5\"|0",
        "1000000000|60000",
        "1e300|60000",
        "1e999|60000",
        "99999999999999999999999|60000",
        "\"99999999999999999999999\"|60000",
        "\"abc\"|0",
        "\"1e9\"|0",
        "\"NaN\"|0",
        "null|0",
        "true|0",
        "[7]|0",
        "{}|0"
      })
  void sleepTime_is_milliseconds_from_0_to_60000(String written, long expected) {
    assertThat(parser.step(step("sleepTime", written)).sleepTime()).isEqualTo(expected);
  }

  @Test
  void an_absent_sleepTime_is_no_wait() {
    assertThat(parser.step(step("sleepTime", null)).sleepTime()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "\"\"", "false", "[null]", "[\"\"]"})
  void no_warning_is_read_from_what_holds_none(String written) {
    assertThat(parser.step(step("Warnings", written)).warnings()).isEmpty();
  }

  @Test
  void warnings_are_read_from_lists_objects_and_a_bare_string() {
    assertThat(parser.step(step("Warnings", "[\"a\",\"b\"]")).warnings()).containsExactly("a", "b");
    assertThat(parser.step(step("Warnings", "{\"3\":\"a\",\"7\":\"b\"}")).warnings())
        .containsExactly("a", "b");
    assertThat(parser.step(step("Warnings", "\"a\"")).warnings()).containsExactly("a");
    assertThat(parser.step(step("Warnings", "[{\"message\":\"a\",\"code\":3},[\"b\"]]")).warnings())
        .containsExactly("a; 3", "b");
  }

  @Test
  void a_warning_of_nothing_but_markup_still_counts() {
    assertThat(parser.step(step("Warnings", "[\"<br/>\"]")).warnings()).hasSize(1);
  }

  @Test
  void markup_and_control_characters_leave_no_trace_in_warnings_and_errors() {
    String written = "[\"<b>Unreadable<\\/b> file\\u0000\\n <script>x<\\/script>a &lt; b\"]";
    assertThat(parser.step(step("Warnings", written)).warnings())
        .containsExactly("Unreadable file a < b");
    assertThat(parser.step(step("Error", written)).error()).isEqualTo("Unreadable file a < b");
  }

  @Test
  void a_debug_member_never_reaches_a_text() {
    String written = "{\"debug\":{\"path\":\"/srv/hidden\"},\"message\":\"Full\"}";
    assertThat(parser.step(step("Error", written)).error()).isEqualTo("Full");
    assertThat(parser.step(step("Warnings", "[" + written + "]")).warnings())
        .containsExactly("Full");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "null", "false", "[]", "{}"})
  void an_empty_error_is_none(String written) {
    assertThat(parser.step(step("Error", written)).error()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "\" \"", "\"<br>\"", "true", "7", "[\"x\"]", "{\"a\":1}", "[0]"})
  void an_error_counts_in_every_type(String written) {
    assertThat(parser.step(step("Error", written)).error()).isNotEmpty();
  }

  @Test
  void an_endless_error_is_cut() {
    String text = parser.step(step("Error", "\"" + "x".repeat(5000) + "\"")).error();
    assertThat(text).hasSize(500).endsWith("…");
  }

  @Test
  void an_absent_backupid_is_told_from_an_empty_one() {
    assertThat(parser.step(step("backupid", null)).backupid()).isNull();
    assertThat(parser.step(step("backupid", "\"\"")).backupid()).isEmpty();
    assertThat(parser.step(step("backupid", "null")).backupid()).isEmpty();
    assertThat(parser.step(step("backupid", "{}")).backupid()).isEmpty();
    assertThat(parser.step(step("backupid", "\"id-2\"")).backupid()).isEqualTo("id-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4|4",
        "\"4\"|4",
        "3000000000|3000000000",
        "null|",
        "0|",
        "-1|",
        "\"x\"|",
        "1.5|",
        "{}|"
      })
  void BackupID_is_a_positive_number_or_nothing(String written, Long expected) {
    assertThat(parser.step(step("BackupID", written)).recordId()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"9|9", "\"9\"|9", "9.0|9", "-3|-3", "null|", "\"x\"|", "9.5|", "3000000000|", "[]|"})
  void stepNumber_is_a_number_or_nothing(String written, Integer expected) {
    assertThat(parser.step(step("stepNumber", written)).stepNumber()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"62|62", "\"62\"|62", "99.9|99", "101|100", "-1|0", "null|0", "\"x\"|0"})
  void Progress_is_a_percentage(String written, int expected) {
    assertThat(parser.step(step("Progress", written)).progress()).isEqualTo(expected);
  }

  @Test
  void an_answer_without_an_object_is_out_of_order() {
    for (String data : new String[] {"true", "null", "[]", "\"\"", "7"}) {
      AkeebaResponse answer =
          SampleResponses.json("stepBackup", "{\"status\":200,\"data\":" + data + "}");
      assertThat(refusal(() -> parser.step(answer)).kind()).isEqualTo(ErrorKind.OUT_OF_ORDER);
    }
  }

  @Test
  void members_that_nobody_knows_are_ignored() {
    assertThat(parser.step(step("tag", "{\"new\":[1,2,{\"status\":1,\"data\":2}]}")).hasRun())
        .isTrue();
  }
}
