package io.github.camelakeeba.inspection;

import static io.github.camelakeeba.inspection.SampleRecords.complete;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LookedForTest {
  private static final LastGood GOOD =
      new LastGood(7, "id-7", "site.jpa", 300, Instant.parse("2026-11-29T02:01:00Z"), false);

  private static String missing(BackupRecord record) {
    var why = LookedFor.missing(GOOD, new BackupInfo(record, null));
    return why == null ? null : why.message();
  }

  @Test
  void a_backup_whose_files_are_listed_whole_is_there() {
    assertThat(missing(complete("id-7", 0, "", 300))).isNull();
    assertThat(missing(complete("id-7", 2, "", 100, 200))).isNull();
    assertThat(missing(complete("", 0, "", 300))).as("a site without backupids").isNull();
  }

  @Test
  void one_in_its_remote_storage_is_there_as_far_as_anybody_knows() {
    assertThat(missing(complete("id-7", 0, "s3://bucket/site.jpa"))).isNull();
  }

  @Test
  void one_that_is_not_whole_is_gone() {
    assertThat(missing(complete("id-7", 0, "")))
        .isEqualTo(
            "The files of the last good backup are gone from the site (record 7, site.jpa, ended"
                + " 2026-11-29T02:01:00Z), and no copy of it is at home.");
    assertThat(missing(complete("id-7", 2, "", 300)))
        .startsWith("Of the last good backup only 1 of 2 files are on the site");
    assertThat(missing(complete("id-7", 0, "", 299)))
        .startsWith("The files of the last good backup have lost 1 of 300 bytes on the site");
  }

  @Test
  void a_record_that_is_gone_or_anothers_is_no_backup() {
    AkeebaException missing = new AkeebaException(ErrorKind.NOT_FOUND, "no such record");

    assertThat(LookedFor.missing(GOOD, new BackupInfo(null, missing)).message())
        .startsWith("The record of the last good backup is gone from the site");
    assertThat(missing(complete("id-8", 0, "", 300)))
        .startsWith("The record of the last good backup is another backup's now");
  }
}
