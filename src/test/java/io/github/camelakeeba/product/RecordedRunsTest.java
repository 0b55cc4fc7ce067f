package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.RecordedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of real sites, played back byte for byte, come to their right end. */
@Tag("slow")
class RecordedRunsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "joomla-01-happy-path, 2, 1, 2709386",
    "joomla-18-multipart-profile8, 8, 9, 180042086",
    "wp-01-happy-path, 2, 1, 10197152"
  })
  void a_recorded_backup_ends_completed(String name, int profile, int parts, long size)
      throws Exception {
    Event.Data told = played(name, profile);

    assertThat(told.state()).isEqualTo("completed");
    assertThat(told.parts()).isEqualTo(parts);
    assertThat(told.size()).isEqualTo(size);
    assertThat(told.archive()).matches("site-127\\.0\\.0\\.1-20261122-.*\\.jpa");
    assertThat(told.recordId()).isPositive();
    assertThat(told.warnings().count()).isZero();
    assertThat(told.error()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "joomla-10-warnings, /srv/site/images/warnlab/unreadable.bin, 2186618",
    "wp-10-warnings, /srv/site/wp-content/uploads/warnlab/unreadable.bin, 2199094"
  })
  void a_recorded_warning_is_told_in_its_own_words(String name, String file, long size)
      throws Exception {
    Event.Data told = played(name, 4);

    assertThat(told.state()).isEqualTo("warning");
    assertThat(told.warnings().count()).isEqualTo(1);
    assertThat(told.warnings().texts())
        .containsExactly("Unreadable file " + file + ". Check permissions");
    assertThat(told.size()).isEqualTo(size);
  }

  @Test
  void a_recorded_failure_is_told_in_the_words_of_the_site_and_not_stepped_further()
      throws Exception {
    Event.Data told = played("joomla-09-error-mid-backup", 7);

    assertThat(told.state()).isEqualTo("failed");
    assertThat(told.error().kind()).isEqualTo("backup-error");
    assertThat(told.error().message())
        .isEqualTo("Akeeba\\Engine\\Dump\\Native :: Database Error: Could not connect to MySQL");
  }

  private Event.Data played(String name, int profile) throws Exception {
    try (RunningProduct product = new RunningProduct(folder);
        RecordedSite site = RecordedSite.of(name + ".txt")) {
      product
          .site("shop", site.url(), "secret: " + RecordedSite.SECRET, "profile: " + profile)
          .start();
      Event outcome = product.backup("shop");

      assertThat(site.mismatches()).isEmpty();
      assertThat(site.connections()).isEqualTo(1);
      assertThat(site.requests()).hasSizeLessThanOrEqualTo(site.recordedSteps() + 6);
      assertThat(site.requests().stream().map(RecordedRequest::method))
          .startsWith("getProfiles", "listBackups", "startBackup", "stepBackup");
      assertThat(outcome.data().steps())
          .isEqualTo(stepsTaken(site) - (outcome.data().error() == null ? 0 : 1));
      return outcome.data();
    }
  }

  private static int stepsTaken(RecordedSite site) {
    return (int)
        site.requests().stream().filter(each -> each.method().equals("stepBackup")).count();
  }
}
