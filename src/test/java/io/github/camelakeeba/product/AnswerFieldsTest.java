package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field of a step's answer is read, and decides what the protocol says that it decides. */
class AnswerFieldsTest {
  @RegisterExtension static final Sites SITES = new Sites(30);

  private final Sites.Taken shop = SITES.take();

  @Test
  void the_record_number_is_kept_when_the_last_answer_has_none() {
    shop.site().lastRecordId(41);
    assertThat(shop.backup().data().recordId()).isEqualTo(42);
    assertThat(shop.site().requests("getBackupInfo").get(0).param("backup_id")).isEqualTo("42");
  }

  @Test
  void an_archive_name_that_comes_once_is_kept() {
    steps(2, data -> data.put("Archive", "once.jpa"));
    shop.site().fault(rewritten("startBackup", data -> data.put("Archive", "")));
    shop.site().fault(rewritten("stepBackup", data -> data.put("Archive", "")).always());
    shop.site().fault(rewritten("getBackupInfo", data -> data.put("archivename", "")).always());

    assertThat(shop.backup().data().archive()).isEqualTo("once.jpa");
  }

  @Test
  void warnings_are_gathered_over_all_steps_and_the_first_50_are_told() {
    shop.site().warnings(0, "start");
    shop.site().warnings(2, texts("second", 30)).warnings(4, texts("fourth", 30));
    shop.site().warnings(5, "last");

    Event.Data told = shop.backup().data();
    assertThat(told.state()).isEqualTo("warning");
    assertThat(told.warnings().count()).isEqualTo(62);
    assertThat(told.warnings().texts())
        .hasSize(50)
        .startsWith("start", "second 1")
        .endsWith("fourth 19");
  }

  @Tag("fault")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_error_fails_the_run_whatever_HasRun_says(boolean hasRun) {
    steps(2, data -> data.put("Error", "The disk is full").put("HasRun", hasRun));

    assertThat(shop.failure("backup-error")).isEqualTo("The disk is full");
    // the record is looked at: it might say that the backup is complete all the same
    assertThat(shop.methods()).endsWith("stepBackup", "getBackupInfo", "listBackups");
    assertThat(shop.site().requests("stepBackup")).hasSize(2);
    assertThat(shop.site().violations()).isEmpty();
  }

  @Tag("fault")
  @Test
  void a_JSON_status_500_fails_the_run_in_the_words_of_the_site() {
    shop.site().failAt(3, "Could not open archive file for append!");

    assertThat(shop.failure("backup-error")).isEqualTo("Could not open archive file for append!");
    assertThat(shop.site().requests("stepBackup")).hasSize(3);
    assertThat(shop.site().violations()).isEmpty();
  }

  @Tag("fault")
  @ParameterizedTest
  @ValueSource(strings = {"", "id-20200101-000000-123456"})
  void another_backupid_means_that_the_backup_was_begun_anew(String backupid) {
    steps(3, data -> data.put("backupid", backupid));

    assertThat(shop.failure("restarted-on-server")).contains("begun anew");
    assertThat(shop.site().requests("stepBackup")).hasSize(3);
    assertThat(shop.site().violations()).isEmpty();
  }

  @Tag("fault")
  @ParameterizedTest
  @CsvSource({"3, 2", "3, 3", "3, 0", "3, -1"})
  void a_number_that_does_not_rise_in_the_middle_ends_the_run(int step, int number) {
    // the second step answers with number 4, so 3 is one back
    steps(step, data -> data.put("stepNumber", number));

    assertThat(shop.failure("out-of-order")).contains("step " + number + " after step 4");
    assertThat(shop.site().requests("stepBackup")).hasSize(step);
    assertThat(shop.site().violations()).isEmpty();
  }

  @Tag("fault")
  @Test
  void a_number_that_repeats_in_the_middle_ends_the_run() {
    steps(3, data -> data.put("stepNumber", 4));
    assertThat(shop.failure("out-of-order")).contains("step 4 after step 4");
  }

  @Test
  void a_number_that_repeats_in_the_last_answer_is_as_it_should_be() {
    steps(5, data -> assertThat(data.get("stepNumber").asInt()).isEqualTo(6));
    steps(4, data -> assertThat(data.get("stepNumber").asInt()).isEqualTo(6));
    assertThat(shop.backup().data().state()).isEqualTo("completed");
  }

  @Test
  void without_a_backupid_in_an_answer_the_last_one_is_kept() {
    shop.site().fault(rewritten("stepBackup", data -> data.remove("backupid")).always());

    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(shop.site().requests("stepBackup").stream().map(r -> r.param("backupid")))
        .hasSize(5)
        .containsOnly(shop.site().records().get(0).get("backupid").asText());
    assertThat(shop.site().violations()).isEmpty();
  }

  @Test
  void without_step_numbers_the_backup_is_stepped_all_the_same() {
    shop.site().fault(rewritten("startBackup", data -> data.remove("stepNumber")));
    shop.site().fault(rewritten("stepBackup", data -> data.remove("stepNumber")).always());

    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(shop.site().violations()).isEmpty();
  }

  @Tag("fault")
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"null", "\"maybe\"", "[]", "{}", "2"})
  void without_a_plain_HasRun_nothing_is_complete(String literal) {
    steps(5, data -> put(data, "HasRun", literal));

    assertThat(shop.failure("out-of-order")).contains("HasRun");
    assertThat(shop.methods()).last().isEqualTo("stepBackup");
    assertThat(shop.site().violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'\"1\"', '\"0\"'", "1, 0"})
  void older_ways_to_write_HasRun_are_understood(String yes, String no) {
    steps(5, data -> put(data, "HasRun", no));
    shop.site().fault(rewritten("startBackup", data -> put(data, "HasRun", yes)));
    shop.site().fault(rewritten("stepBackup", data -> put(data, "HasRun", yes)).always());

    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(shop.site().requests("stepBackup")).hasSize(5);
  }

  @Test
  void the_state_of_a_step_decides_nothing() {
    steps(2, data -> data.put("stepState", "finished"));
    shop.site().fault(rewritten("stepBackup", data -> data.put("stepState", "error")).always());
    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(shop.site().requests("stepBackup").stream().map(RecordedRequest::status))
        .containsOnly(200);
  }

  /** Changes the data of the nth step's answer. */
  private void steps(int nth, Consumer<ObjectNode> change) {
    shop.site().fault(rewritten("stepBackup", change).nth(nth));
  }

  private static Fault rewritten(String method, Consumer<ObjectNode> change) {
    return Fault.on(method)
        .jsonRewrite(
            json -> {
              change.accept((ObjectNode) json.get("data"));
              return json;
            });
  }

  /** Null takes the member away. */
  private static void put(ObjectNode data, String member, String literal) {
    if (literal == null) {
      data.remove(member);
    } else {
      data.putRawValue(member, new com.fasterxml.jackson.databind.util.RawValue(literal));
    }
  }

  private static String[] texts(String word, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> word + " " + i).toArray(String[]::new);
  }
}
