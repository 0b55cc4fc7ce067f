package io.github.camelakeeba.inspection;

import static io.github.camelakeeba.inspection.SampleRecords.listed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.BackupRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestBackupTest {
  private static NewestBackup of(BackupRecord... records) {
    return NewestBackup.of(List.of(records), record -> false);
  }

  @Test
  void it_is_the_complete_one_of_the_highest_number() {
    NewestBackup newest =
        of(
            listed(8, "complete", "ok", ""),
            listed(9, "complete", "ok", ""),
            listed(10, "run", "pending", ""));

    assertThat(newest.record().id()).isEqualTo(9);
    assertThat(newest.complaint()).as("the other one may still end well").isNull();
  }

  @Test
  void one_whose_files_are_gone_is_none_unless_it_has_a_remote_copy() {
    assertThat(of(listed(9, "complete", "obsolete", "")).record()).isNull();
    assertThat(of(listed(9, "complete", "remote", "s3://bucket/site.jpa")).record()).isNotNull();
    assertThat(of(listed(9, "complete", "obsolete", "s3://bucket/site.jpa")).record()).isNotNull();
  }

  @Test
  void what_the_site_says_of_a_newer_one_is_the_complaint() {
    assertThat(of().complaint().message()).isEqualTo("The site lists no backup.");
    assertThat(of(listed(9, "complete", "obsolete", "")).complaint().message())
        .isEqualTo(
            "The newest backup on the site (record 9, origin cli, begun 2026-11-29T02:00:00Z) has no"
                + " files there any more, and no remote copy.");
    assertThat(of(listed(8, "complete", "ok", ""), listed(9, "fail", "fail", "")).complaint())
        .satisfies(
            complaint -> {
              assertThat(complaint.kind()).isEqualTo("backup-error");
              assertThat(complaint.message()).endsWith("has the status 'fail'.");
            });
    assertThat(of(listed(9, "complete", "ok", "")).complaint()).isNull();
  }
}
