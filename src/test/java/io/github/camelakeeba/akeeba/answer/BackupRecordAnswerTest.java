package io.github.camelakeeba.akeeba.answer;

import static io.github.camelakeeba.akeeba.answer.SampleResponses.json;
import static io.github.camelakeeba.akeeba.answer.SampleResponses.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ServerVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupRecordAnswerTest {
  private final ResponseReader parser = new ResponseReader();

  private BackupRecord record(String members) {
    return parser.record(
        json(
            "getBackupInfo",
            "{\"status\":200,\"data\":{\"id\":\"4\",\"status\":\"run\"" + members + "}}"));
  }

  @Test
  void a_record_of_nothing_but_number_and_status_is_read() {
    BackupRecord bare = record("");
    assertThat(bare.id()).isEqualTo(4);
    assertThat(bare.running()).isTrue();
    assertThat(bare.backupid()).isEmpty();
    assertThat(bare.start()).isNull();
    assertThat(bare.inStep()).isFalse();
    assertThat(bare.files()).isEmpty();
  }

  @Test
  void no_list_is_an_empty_list() {
    assertThat(parser.records(json("listBackups", "{\"status\":200,\"data\":null}"))).isEmpty();
    assertThat(refusal(() -> parser.records(json("listBackups", "{\"status\":200,\"data\":7}"))))
        .hasMessageContaining("carries no list");
  }

  @Test
  void sizes_pass_two_gigabytes() {
    assertThat(record(",\"total_size\":\"98765432100\"").totalSize()).isEqualTo(98765432100L);
    assertThat(record(",\"filenames\":[{\"part\":1,\"name\":\"a\",\"size\":98765432100}]").size())
        .isEqualTo(98765432100L);
    assertThat(record(",\"total_size\":\"1" + "0".repeat(40) + "\"").totalSize()).isZero();
    assertThat(record(",\"total_size\":\"-3\"").totalSize()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"0000-00-00 00:00:00\"",
        "\"\"",
        "\"soon\"",
        "0",
        "[]",
        "\"2026-13-01 00:00:00\""
      })
  void a_date_that_is_none_is_null(String written) {
    assertThat(record(",\"backupend\":" + written).end()).isNull();
  }

  @Test
  void a_date_is_in_utc() {
    assertThat(record(",\"backupend\":\"2026-11-22 20:15:58\"").end())
        .isEqualTo("2026-11-22T20:15:58Z");
    assertThat(record(",\"backupend\":\"2026-11-22T20:15:58Z\"").end())
        .isEqualTo("2026-11-22T20:15:58Z");
  }

  @ParameterizedTest
  @CsvSource({"1,true", "'\"1\"',true", "true,true", "0,false", "'\"0\"',false", "null,false"})
  void instep_comes_in_several_types(String written, boolean expected) {
    assertThat(record(",\"instep\":" + written).inStep()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "\"\"", "false", "7"})
  void no_file_is_read_from_what_lists_none(String written) {
    assertThat(record(",\"filenames\":" + written).files()).isEmpty();
  }

  @Test
  void files_are_read_from_a_list_and_from_a_numbered_object() {
    String file = "{\"part\":\"2\",\"name\":\"a.j01\",\"size\":\"10\"}";
    assertThat(record(",\"filenames\":[" + file + "]").files())
        .containsExactly(new ArchivePart(2, "a.j01", 10));
    assertThat(record(",\"filenames\":{\"2\":" + file + "}").files())
        .containsExactly(new ArchivePart(2, "a.j01", 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"complete\"}",
        "{\"id\":4}",
        "{\"id\":4,\"status\":null}",
        "{\"id\":0,\"status\":\"run\"}",
        "{\"id\":4,\"status\":\"run\",\"filenames\":[\"a.jpa\"]}",
        "[]",
        "true",
        "\"\""
      })
  void a_record_that_tells_too_little_is_out_of_order(String data) {
    AkeebaResponse answer = json("getBackupInfo", "{\"status\":200,\"data\":" + data + "}");
    assertThat(refusal(() -> parser.record(answer)).kind()).isEqualTo(ErrorKind.OUT_OF_ORDER);
  }

  @Test
  void one_unreadable_record_is_not_silently_left_out_of_a_list() {
    String body = "{\"status\":200,\"data\":[{\"id\":5,\"status\":\"complete\"},null]}";
    assertThat(refusal(() -> parser.records(json("listBackups", body))).kind())
        .isEqualTo(ErrorKind.OUT_OF_ORDER);
    assertThat(
            refusal(() -> parser.profiles(json("getProfiles", body.replace("null", "{}")))).kind())
        .isEqualTo(ErrorKind.OUT_OF_ORDER);
  }

  @Test
  void a_list_may_come_as_a_numbered_object() {
    String body = "{\"status\":200,\"data\":{\"3\":{\"id\":\"7\",\"name\":\"Files\"}}}";
    assertThat(parser.profiles(json("getProfiles", body))).containsExactly(new Profile(7, "Files"));
  }

  @Test
  void older_servers_name_the_version_otherwise_and_number_the_api_with_a_string() {
    String body =
        "{\"status\":200,\"data\":{\"api\":\"330\",\"version\":\"7.1\",\"edition\":\"core\"}}";
    assertThat(parser.version(json("getVersion", body)))
        .isEqualTo(new ServerVersion(330, "7.1", "", "core"));
  }
}
