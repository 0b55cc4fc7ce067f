package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.demo.Fault;
import io.github.camelakeeba.notify.Event;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup that says it has ended is good only if the site's record bears it out. */
class ArchiveIsVerifiedTest {
  @RegisterExtension static final Sites SITES = new Sites(14);

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
