package io.github.camelakeeba.akeeba.answer;

import static io.github.camelakeeba.akeeba.answer.SampleResponses.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.akeeba.StepAnswer;
import io.github.camelakeeba.capture.CapturedExchange;
import io.github.camelakeeba.capture.Captures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real servers sent is understood: every recorded exchange, replayed through the parser. */
class CapturedAnswersTest {
  private final ResponseReader parser = new ResponseReader();

  static Stream<CapturedExchange> exchanges() {
    return Captures.all().stream().filter(CapturedExchange::complete);
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void every_recorded_exchange_gives_the_right_typed_result(CapturedExchange exchange) {
    String body = new String(exchange.body(), java.nio.charset.StandardCharsets.UTF_8);
    if (body.startsWith("{\"status\":200,")) {
      understood(exchange);
    } else {
      AkeebaException refused = refusal(() -> parsed(exchange));
      assertThat(refused).as(body).isNotNull();
      assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(expectedKind(exchange, body));
      assertThat(refused.getMessage()).doesNotContain("<").hasSizeLessThan(700);
    }
  }

  private void understood(CapturedExchange exchange) {
    Object result = parsed(exchange);
    if (result instanceof StepAnswer step) {
      boolean begun = !step.archive().isEmpty();
      assertThat(step.domain()).isNotEmpty();
      assertThat(step.error()).isEmpty();
      assertThat(step.stepNumber()).isBetween(1, 200);
      assertThat(step.hasRun()).isEqualTo(!"finished".equals(step.stepState()));
      assertThat(step.recordId() != null).isEqualTo(begun && step.hasRun());
    } else if (result instanceof ServerVersion version) {
      boolean wordpress = exchange.capture().startsWith("wp");
      assertThat(version.api()).isEqualTo(wordpress ? 400 : 600);
      assertThat(version.version()).isEqualTo(wordpress ? "9.1.1" : "10.2.1");
      assertThat(version.edition()).isEqualTo("pro");
      assertThat(version.date()).isEqualTo("2025-12-11");
    } else if (result instanceof BackupRecord record) {
      assertThat(record.start()).isBetween("2026-11-22T20:00:00Z", "2026-11-22T22:00:00Z");
      assertThat(record.complete() || record.running()).isTrue();
      assertThat(record.origin()).isEqualTo("json");
      if (record.complete() && !record.files().isEmpty()) {
        assertThat(record.size()).isEqualTo(record.totalSize());
        assertThat(record.files()).hasSize(Math.max(1, record.multipart()));
      }
    }
  }

  private Object parsed(CapturedExchange exchange) {
    AkeebaResponse answer = answer(exchange);
    return switch (exchange.method()) {
      case "getVersion", "GETVERSION" -> parser.version(answer);
      case "getProfiles" -> parser.profiles(answer);
      case "startBackup", "stepBackup" -> parser.step(answer);
      case "listBackups" -> parser.records(answer);
      case "getBackupInfo" -> parser.record(answer);
      default -> parser.data(answer);
    };
  }

  private static ErrorKind expectedKind(CapturedExchange exchange, String body) {
    if (body.contains("\"status\":503")) {
      return ErrorKind.REFUSED_SECRET;
    }
    if (body.matches("\\{\"status\":(404|405|501),.*")
        || body.contains("Invalid backup record identifier")) {
      return ErrorKind.NOT_FOUND;
    }
    if (body.startsWith("{\"status\"")) {
      return ErrorKind.BACKUP_ERROR;
    }
    return switch (exchange.status()) {
      case 400, 404, 406 -> ErrorKind.NOT_FOUND;
      default -> ErrorKind.UNREACHABLE;
    };
  }

  private static AkeebaResponse answer(CapturedExchange exchange) {
    return new AkeebaResponse(exchange.method(), exchange.status(), null, null, exchange.body());
  }

  private CapturedExchange exchange(String capture, int number) {
    return Captures.of(capture).get(number - 1);
  }

  @Test
  void a_step_of_a_real_backup_is_read_field_by_field() {
    assertThat(parser.step(answer(exchange("joomla-01-happy-path", 5))))
        .isEqualTo(
            new StepAnswer(
                true,
                "installer",
                "",
                "",
                "",
                List.of(),
                "site-127.0.0.1-20261122-201556utc-JVMc53uxnkmGhytu.jpa",
                0,
                "id-20261122-201556-824357",
                4L,
                0,
                3,
                "running",
                2L));
  }

  @Test
  void the_last_step_of_a_real_backup_has_finished_and_names_no_record() {
    StepAnswer last = parser.step(answer(exchange("joomla-01-happy-path", 15)));
    assertThat(last.hasRun()).isFalse();
    assertThat(last.recordId()).isNull();
    assertThat(last.progress()).isEqualTo(100);
    assertThat(last.stepNumber()).isEqualTo(12);
  }

  @Test
  void the_warnings_of_real_backups_are_read() {
    for (String capture : List.of("joomla-10-warnings", "wp-10-warnings")) {
      List<String> warnings = new ArrayList<>();
      Captures.of(capture).stream()
          .filter(e -> e.method().equals("stepBackup"))
          .forEach(e -> warnings.addAll(parser.step(answer(e)).warnings()));
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0)).startsWith("Unreadable file /srv/site/");
    }
  }

  @Test
  void an_engine_error_in_the_middle_tells_the_engines_own_words() {
    AkeebaException failed =
        refusal(() -> parser.step(answer(exchange("joomla-09-error-mid-backup", 5))));
    assertThat(failed.kind()).isEqualTo(ErrorKind.BACKUP_ERROR);
    assertThat(failed)
        .hasMessage("Akeeba\\Engine\\Dump\\Native :: Database Error: Could not connect to MySQL");
  }

  @Test
  void wordpress_begins_a_phantom_for_an_unknown_backupid_and_the_order_of_steps_notices() {
    StepAnswer phantom = parser.step(answer(exchange("wp-04-step-errors", 3)));
    assertThat(phantom.backupid()).isEmpty();
    AkeebaException refused =
        refusal(() -> new StepSequenceCheck().check("id-20261122-201556-824357", 9, phantom));
    assertThat(refused.kind()).isEqualTo(ErrorKind.RESTARTED_ON_SERVER);
  }

  @Test
  void the_profiles_of_both_products_are_read_though_one_numbers_them_with_strings() {
    for (String capture : List.of("joomla-01-happy-path", "wp-01-happy-path")) {
      CapturedExchange profiles =
          Captures.of(capture).stream()
              .filter(e -> e.method().equals("getProfiles"))
              .findFirst()
              .orElseThrow();
      assertThat(parser.profiles(answer(profiles)))
          .contains(new Profile(2, "LAB small (few hundred files, fast)"));
    }
  }

  @Test
  void the_record_of_a_split_archive_is_read_with_all_its_files() {
    BackupRecord record = parser.record(answer(exchange("joomla-18-multipart-profile8", 57)));
    assertThat(record.id()).isEqualTo(28);
    assertThat(record.complete()).isTrue();
    assertThat(record.backupid()).isEqualTo("id-20261122-202342-839896");
    assertThat(record.description()).isEqualTo("lab capture");
    assertThat(record.start()).isEqualTo(Instant.parse("2026-11-22T20:23:42Z"));
    assertThat(record.end()).isEqualTo(Instant.parse("2026-11-22T20:23:48Z"));
    assertThat(record.profile()).isEqualTo(8);
    assertThat(record.multipart()).isEqualTo(9);
    assertThat(record.totalSize()).isEqualTo(180042086);
    assertThat(record.inStep()).isTrue();
    assertThat(record.remoteFilename()).isEmpty();
    assertThat(record.files()).hasSize(9);
    assertThat(record.files().get(0))
        .isEqualTo(
            new ArchivePart(1, "site-127.0.0.1-20261122-202342utc-6E-E8lN-BrbGS63P.jpa", 12269926));
    assertThat(record.files().get(1).name()).endsWith(".j01");
    assertThat(record.size()).isEqualTo(180042086);
  }

  @Test
  void the_list_of_records_is_read_newest_first() {
    List<BackupRecord> records = parser.records(answer(exchange("joomla-09-error-mid-backup", 9)));
    assertThat(records).extracting(BackupRecord::id).containsExactly(15L, 14L);
    assertThat(records).extracting(BackupRecord::running).containsExactly(true, false);
    assertThat(parser.records(answer(exchange("joomla-01-happy-path", 18)))).isEmpty();
  }

  @Test
  void a_record_whose_files_were_deleted_lists_none() {
    BackupRecord record = parser.record(answer(exchange("joomla-01-happy-path", 37)));
    assertThat(record.complete()).isTrue();
    assertThat(record.files()).isEmpty();
    assertThat(record.size()).isZero();
  }

  @Test
  void other_methods_give_their_data() {
    JsonNode deleted = parser.data(answer(exchange("joomla-01-happy-path", 36)));
    assertThat(deleted.booleanValue()).isTrue();
  }

  @Test
  void a_site_whose_database_is_down_says_so() {
    AkeebaException refused = refusal(() -> parser.version(answer(exchange("wp-29-site-down", 2))));
    assertThat(refused.kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(refused).hasMessageContaining("Error establishing a database connection");
  }

  @Test
  void wordpress_without_the_plugin_is_told_from_a_wrong_address() {
    AkeebaException refused = refusal(() -> parser.version(answer(exchange("wp-29-site-down", 3))));
    assertThat(refused).hasMessageContaining("activate the plugin");
  }

  @Test
  void a_wrong_component_names_the_page_that_came() {
    AkeebaException refused =
        refusal(() -> parser.version(answer(exchange("joomla-03-methods", 32))));
    assertThat(refused)
        .hasMessageStartingWith("There is no Akeeba Backup API at this address (HTTP 404,")
        .hasMessageContaining("\"Error: 404\"");
  }
}
