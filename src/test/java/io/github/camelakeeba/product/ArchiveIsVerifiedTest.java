package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup that says it has ended is good only if the site's record bears it out. */
@Tag("slow")
class ArchiveIsVerifiedTest {
  @RegisterExtension
  static final Sites SITES = new Sites(64, "retry: {unreachable: 0, untrusted: 0}");

  private final Sites.Taken shop = SITES.take();

  @ParameterizedTest
  @ValueSource(strings = {"run", "fail", "pending"})
  void a_record_that_is_not_complete_fails(String status) {
    record(data -> data.put("status", status));
    assertThat(shop.failure("verification")).contains("'" + status + "' in place of 'complete'");
  }

  @Test
  void a_record_without_files_fails() {
    record(data -> data.putArray("filenames"));
    assertThat(shop.failure("verification")).contains("no files").contains("Do not rely on");
  }

  @Test
  void the_word_NULL_is_no_remote_file() {
    // measured on records that a later start marked failed
    record(data -> data.put("remote_filename", "NULL").putArray("filenames"));
    assertThat(shop.failure("verification")).contains("no files");
  }

  @Test
  void a_file_of_0_bytes_fails() {
    record(data -> ((ObjectNode) data.path("filenames").get(0)).put("size", 0));
    assertThat(shop.failure("verification")).contains("0 bytes");
  }

  @Test
  void another_number_of_files_than_the_record_counts_fails() {
    record(data -> data.put("multipart", "3"));
    assertThat(shop.failure("verification")).contains("counts 3 files but lists 1");
  }

  @Test
  void the_record_of_another_backup_fails() {
    record(data -> data.put("backupid", "id-20200101-000000-123456"));
    assertThat(shop.failure("verification")).contains("belongs to another backup");
  }

  @Test
  void a_record_that_has_vanished_fails_as_not_verified() {
    shop.site()
        .fault(
            Fault.on("getBackupInfo")
                .answer(
                    200,
                    "application/json",
                    "{\"status\":404,\"data\":\"Invalid backup record identifier\"}"));
    assertThat(shop.failure("verification")).contains("no such backup record", "Do not rely on");
  }

  @Test
  void an_archive_of_several_files_is_counted_and_measured_as_a_whole() {
    shop.site().parts(4).size(100_000);
    Event.Data told = shop.backup().data();
    assertThat(told.state()).isEqualTo("completed");
    assertThat(told.parts()).isEqualTo(4);
    assertThat(told.size()).isEqualTo(100_000);
  }

  @Test
  void an_archive_that_was_moved_to_remote_storage_is_good() {
    record(
        data -> {
          data.putArray("filenames");
          data.put("remote_filename", "s3://bucket/site.jpa").put("total_size", "5368709120");
        });
    Event.Data told = shop.backup().data();
    assertThat(told.state()).isEqualTo("completed");
    assertThat(told.size()).isEqualTo(5_368_709_120L);
  }

  @Test
  void a_total_that_is_not_the_sum_of_the_files_fails() {
    record(data -> data.put("total_size", "12345"));
    assertThat(shop.failure("verification")).contains("counts 12345 bytes but its files have");
  }

  @Test
  void a_volume_that_is_too_short_fails() {
    shop.site().parts(4).size(800_000);
    record(data -> sizes(data, 100_000, 300_000));
    assertThat(shop.failure("verification")).contains("differ in size: 100000 and 300000 bytes");
  }

  @Test
  void one_that_is_shorter_by_a_header_is_good() {
    shop.site().parts(4).size(800_000);
    record(data -> sizes(data, 199_900, 200_100));
    assertThat(shop.backup().data().state()).isEqualTo("completed");
  }

  /** The directory of all entries stands in one piece, at the beginning of the last volume. */
  @ParameterizedTest
  @CsvSource({
    "zip, 240000, 100000, completed",
    "jpa, 240000, 100000, failed",
    "zip, 100000, 240000, failed"
  })
  void the_last_but_one_of_a_zip_is_shorter_where_the_directory_did_not_fit_in(
      String kind, int third, int fourth, String state) {
    shop.site().parts(4).size(800_000);
    record(
        data -> {
          ((ObjectNode) data.path("filenames").get(0))
              .put("name", "x." + kind)
              .put("size", 220_000);
          sizes(data, 240_000, third, fourth);
        });
    assertThat(shop.backup().data().state()).isEqualTo(state);
  }

  private static void sizes(ObjectNode data, int... sizes) {
    for (int i = 0; i < sizes.length; i++) {
      ((ObjectNode) data.path("filenames").get(i + 1)).put("size", sizes[i]);
    }
  }

  @Test
  void a_remote_copy_of_no_bytes_fails() {
    record(
        data -> {
          data.put("remote_filename", "s3://bucket/site.jpa").put("total_size", "0");
          data.putArray("filenames");
        });
    assertThat(shop.failure("verification")).contains("no bytes for the remote copy");
  }

  @Test
  void a_split_archive_without_its_first_volume_fails() {
    shop.site().parts(2).size(100_000);
    record(data -> ((ObjectNode) data.path("filenames").get(1)).put("part", 3));
    assertThat(shop.failure("verification")).contains("does not list the first volume");
  }

  @Test
  void the_beginning_of_a_split_archive_is_read_from_its_part_2() {
    shop.site().parts(4).size(100_000);
    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(shop.site().requests("download").get(0).param("part_id")).isEqualTo("2");
  }

  @Tag("fault")
  @Test
  void a_start_by_somebody_else_in_the_midst_of_a_step_leaves_a_hole_that_is_found() {
    shop.site()
        .fault(Fault.on("stepBackup").nth(2).inside(() -> ForeignClient.starts(shop.site())));
    listed(list -> list.remove(0)); // the one that tells it
    assertThat(shop.failure("verification"))
        .contains("zeros", "another backup was started while a step of this one ran");
    assertThat(shop.site().archiveBroken(1)).isTrue();
    assertThat(shop.site().violations())
        .containsExactly(
            "startBackup while a step was in flight: "
                + shop.site().requests("stepBackup").get(0).param("backupid"));
  }

  @Test
  void so_is_one_in_an_archive_that_went_to_remote_storage() {
    shop.site()
        .fault(Fault.on("stepBackup").nth(5).inside(() -> ForeignClient.starts(shop.site())));
    record(data -> data.put("remote_filename", "s3://bucket/site.jpa").putArray("filenames"));
    assertThat(shop.failure("restarted-on-server")).contains("record 2, origin json");
    assertThat(shop.site().archiveBroken(1)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"j-full-jpa", "w-full-jpa", "j-full-zip", "j-full-jps", "j-dbonly", "j-files-jpa"})
  void an_archive_is_good_as_far_as_its_first_bytes_show(String name) {
    RealArchive archive = RealArchive.of(name);
    byte[] bytes = archive.bytes();
    named("site." + archive.kind(), bytes.length);
    download(Arrays.copyOf(bytes, 90_000));
    assertThat(shop.backup().data().state()).isEqualTo("completed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"j-full-split", "j-full-splitzip", "j-alldb-splitjps"})
  void so_is_a_split_one_whose_first_volume_holds_its_beginning(String name) {
    RealArchive archive = RealArchive.of(name);
    volumes(archive);
    download(archive.parts().get(0));
    assertThat(shop.backup().data().state()).isEqualTo("completed");
  }

  /** Case 6: the header is written anew at the end; behind it are zeros. */
  @Tag("fault")
  @Test
  void a_header_with_a_hole_behind_it_is_no_archive() {
    byte[] bytes = Arrays.copyOf(RealArchive.of("j-full-jpa").bytes(), 1_048_576);
    Arrays.fill(bytes, 41, 1_021_845, (byte) 0);
    named("site.jpa", 5_000_000);
    download(bytes);
    assertThat(shop.failure("verification"))
        .contains("has zeros at byte 41, where its first entry is due: another backup was started");
  }

  @ParameterizedTest
  @CsvSource({"j-full-split, 49, has zeros at byte 49", "j-full-splitzip, 4, has zeros at byte 4"})
  void so_is_one_in_the_first_volume(String name, int header, String complaint) {
    RealArchive archive = RealArchive.of(name);
    byte[] bytes = archive.parts().get(0);
    Arrays.fill(bytes, header, 30_000, (byte) 0);
    volumes(archive);
    download(bytes);
    assertThat(shop.failure("verification")).contains(complaint);
  }

  @Test
  void a_first_volume_with_nothing_but_the_header_is_no_archive() {
    RealArchive archive = RealArchive.of("j-full-split");
    record(
        data -> {
          list(data, 49, 65_536);
          data.put("multipart", "2").put("total_size", String.valueOf(49 + 65_536));
        });
    byte[] header = Arrays.copyOf(archive.parts().get(0), 49);
    header[25] = 2;
    download(header);
    assertThat(shop.failure("verification")).contains("ends before the archive's first entry");
  }

  @Test
  void a_split_archive_that_says_it_has_more_volumes_fails() {
    RealArchive archive = RealArchive.of("j-full-split");
    record(
        data -> {
          list(data, 65_536, 65_536);
          data.put("multipart", "2").put("total_size", "131072");
        });
    download(archive.parts().get(0));
    assertThat(shop.failure("verification")).contains("says that it consists of 3 files, not of 2");
  }

  @ParameterizedTest
  @CsvSource({"j-full-jpa, JPF, No entry", "j-full-zip, PK\u0003, The", "j-full-jps, JPF, The"})
  void each_entry_that_begins_in_the_first_bytes_is_looked_at(
      String name, String mark, String complaint) {
    RealArchive archive = RealArchive.of(name);
    byte[] bytes = archive.bytes();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int first = text.indexOf(mark);
    int third = text.indexOf(mark, text.indexOf(mark, first + 1) + 1);
    bytes[third] = 1;
    named("site." + archive.kind(), bytes.length);
    download(Arrays.copyOf(bytes, 90_000));
    assertThat(shop.failure("verification"))
        .contains("site.%s is broken: %s".formatted(archive.kind(), complaint));
  }

  @Test
  void a_small_archive_is_read_to_its_end() {
    shop.site().size(50_000);
    record(
        data -> {
          data.put("total_size", "49995");
          ((ObjectNode) data.path("filenames").get(0)).put("size", 49_995);
        });
    shop.site()
        .fault(
            Fault.on("download")
                .jsonRewrite(
                    json -> {
                      byte[] bytes = Base64.getDecoder().decode(json.get("data").asText());
                      String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 49_995));
                      return json.put("data", cut);
                    }));
    assertThat(shop.failure("verification")).contains("ends in the middle, after 49995 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "jpa, does not begin with 'JPA'",
    "zip, does not begin with 'PK'",
    "jps, does not begin with 'JPS'"
  })
  void an_archive_that_begins_as_something_else_fails(String kind, String complaint) {
    named("site." + kind, 65_536);
    download("<html>".getBytes(StandardCharsets.UTF_8));
    assertThat(shop.failure("verification")).contains(complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpa", "zip", "jps", "sql"})
  void zeros_are_the_beginning_of_nothing(String kind) {
    named("site." + kind, 65_536);
    download(new byte[3000]);
    assertThat(shop.failure("verification")).contains("site." + kind + " begins with zeros");
  }

  @Test
  void a_file_that_turns_out_to_be_empty_fails() {
    download(new byte[0]);
    assertThat(shop.failure("verification")).contains(" is empty.");
  }

  @Test
  void an_archive_that_the_site_does_not_find_fails() {
    refused("{\"status\":404,\"data\":\"Invalid backup part\"}");
    assertThat(shop.failure("verification")).contains("can't be read", "Invalid backup part");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"status\":200,\"data\":\"*\"}", "{\"status\":200,\"data\":[1]}"})
  void a_download_that_is_no_Base64_fails(String answer) {
    refused(answer);
    assertThat(shop.failure("verification")).contains("carries no Base64");
  }

  @Test
  void a_site_that_lets_nobody_read_its_archives_is_a_warning() {
    refused("{\"status\":403,\"data\":\"Access denied\"}");
    Event.Data told = shop.backup().data();
    assertThat(told.state()).isEqualTo("warning");
    assertThat(told.warnings().texts().get(0))
        .contains("The beginning of the archive could not be read: ", "lacks the privilege");
  }

  private void named(String name, int size) {
    record(
        data -> {
          data.put("archivename", name).put("total_size", String.valueOf(size));
          ((ObjectNode) data.path("filenames").get(0)).put("name", name).put("size", size);
        });
  }

  /** The files of this archive, in the order of their parts. */
  private void volumes(RealArchive archive) {
    record(
        data -> {
          List<byte[]> parts = archive.parts();
          list(data, parts.stream().mapToInt(part -> part.length).toArray());
          data.put("archivename", archive.file()).put("multipart", String.valueOf(parts.size()));
          data.put("total_size", String.valueOf(archive.bytes().length));
        });
  }

  /** Lists files of these sizes, in the order of the archive's bytes. */
  private static void list(ObjectNode data, int... sizes) {
    ArrayNode files = data.putArray("filenames");
    for (int i = 0; i < sizes.length; i++) {
      int part = i == sizes.length - 1 ? 1 : i + 2;
      files.addObject().put("part", part).put("name", "part-" + part).put("size", sizes[i]);
    }
  }

  private void download(byte[] content) {
    String base64 = Base64.getEncoder().encodeToString(content);
    refused("{\"status\":200,\"data\":\"" + base64 + "\"}");
  }

  private void refused(String answer) {
    shop.site().fault(Fault.on("download").answer(200, "application/json", answer).always());
  }

  /** What the site lists after the end. */
  private void listed(Consumer<ArrayNode> change) {
    shop.site()
        .fault(
            Fault.on("listBackups")
                .nth(2)
                .jsonRewrite(
                    json -> {
                      change.accept((ArrayNode) json.get("data"));
                      return json;
                    }));
  }

  private void record(Consumer<ObjectNode> change) {
    shop.site()
        .fault(
            Fault.on("getBackupInfo")
                .jsonRewrite(
                    json -> {
                      change.accept((ObjectNode) json.get("data"));
                      return json;
                    }));
  }
}
