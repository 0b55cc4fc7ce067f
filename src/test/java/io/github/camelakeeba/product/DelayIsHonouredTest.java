package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The site says how long to wait before each next step, in milliseconds, and so long we wait. */
@Tag("fault")
class DelayIsHonouredTest {
  private static final long MS = 1_000_000;

  @RegisterExtension static final Sites SITES = new Sites(12);

  @Test
  void the_order_is_look_start_wait_step_and_verify() {
    Sites.Taken shop = SITES.take();
    shop.site().sleepTime(50);

    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(shop.methods())
        .containsExactly(
            "getProfiles",
            "listBackups",
            "startBackup",
            "stepBackup",
            "stepBackup",
            "stepBackup",
            "stepBackup",
            "stepBackup",
            "listBackups",
            "getBackupInfo",
            "download");
    assertThat(shop.site().violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"300, 300, 9", "'\"300\"', 300, 9", "1500, 1500, 3"})
  void every_wait_is_as_long_as_asked_and_at_most_100_ms_longer(
      String sleepTime, long wait, int steps) {
    Sites.Taken shop = SITES.take();
    shop.site().steps(steps).sleepTimeJson(sleepTime);

    assertThat(shop.backup().data().state()).isEqualTo("completed");
    List<Long> waits = waits(shop);
    assertThat(waits).hasSize(steps).allMatch(nanos -> nanos >= wait * MS);
    // a busy machine may hold up one or another, but not most of them
    assertThat(median(waits)).isLessThan((wait + 100) * MS);
    assertThat(shop.site().violations()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"0", "-5", "null", "\"abc\"", "[7]"})
  void what_is_no_time_is_no_wait(String sleepTime) {
    Sites.Taken shop = SITES.take();
    shop.site().steps(9).sleepTimeJson(sleepTime);

    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(median(waits(shop))).isLessThan(100 * MS);
    assertThat(shop.site().violations()).isEmpty();
  }

  /** From each answer of startBackup or stepBackup to the request of the next step. */
  private static List<Long> waits(Sites.Taken shop) {
    List<RecordedRequest> calls =
        shop.site().requests().stream()
            .filter(each -> each.method().matches("startBackup|stepBackup"))
            .toList();
    return IntStream.range(1, calls.size())
        .mapToObj(i -> calls.get(i).arrivedNanos() - calls.get(i - 1).answeredNanos())
        .toList();
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
