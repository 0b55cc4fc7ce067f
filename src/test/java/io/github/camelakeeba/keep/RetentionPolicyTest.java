package io.github.camelakeeba.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.DownloadSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no rule keeps is let go; the last good one is kept by all of them. */
class RetentionPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final ZoneId ATHENS = ZoneId.of("Europe/Athens");

  private static StoredArchive archive(Instant begun, boolean readable) {
    return new StoredArchive(
        "shop", "id-" + begun, 1, 1, begun, "/archives", true, List.of("a.jpa"), 1, readable);
  }

  /** One each night for so many nights, the newest last night. */
  private static List<StoredArchive> nights(int count) {
    List<StoredArchive> archives = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      archives.add(archive(NOW.minusSeconds(86_400L * i + 3600), true));
    }
    return archives;
  }

  private static DownloadSettings rules(Integer keep, Integer days, Integer weeks, Integer months) {
    return new DownloadSettings(Path.of("/archives"), null, keep, days, weeks, months, null);
  }

  private static List<String> left(List<StoredArchive> archives, DownloadSettings rules) {
    List<StoredArchive> left = new ArrayList<>(archives);
    left.removeAll(RetentionPolicy.expired(archives, rules, ATHENS, NOW));
    return left.stream().map(one -> one.startedAt().toString().substring(0, 10)).toList();
  }

  @Test
  void without_a_rule_all_are_kept() {
    assertThat(left(nights(500), rules(null, null, null, null))).hasSize(500);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"1, 1", "7, 7", "500, 100"})
  void by_number(int keep, int left) {
    assertThat(left(nights(100), rules(keep, null, null, null))).hasSize(left);
  }

  @Test
  void by_days_weeks_and_months_and_all_that_any_of_them_keeps() {
    assertThat(left(nights(100), rules(null, 3, null, null))).hasSize(3);
    assertThat(left(nights(100), rules(null, null, 3, null)))
        .containsExactly("2026-11-26", "2026-11-22", "2026-11-15"); // Sundays, but for this week
    assertThat(left(nights(100), rules(null, null, null, 3)))
        .containsExactly("2026-11-26", "2026-10-31", "2026-09-30");
    assertThat(left(nights(100), rules(2, 3, 3, 3)))
        .containsExactly(
            "2026-11-26",
            "2026-11-25",
            "2026-11-24",
            "2026-11-22",
            "2026-11-15",
            "2026-10-31",
            "2026-09-30");
  }

  @Test
  void days_begin_in_the_zone_of_the_site() {
    // the first is still Sunday in Athens, the second is Monday there; in UTC both are Sunday
    List<StoredArchive> archives =
        List.of(
            archive(Instant.parse("2026-11-22T21:30:00Z"), true),
            archive(Instant.parse("2026-11-22T22:30:00Z"), true));
    assertThat(left(archives, rules(null, null, 5, null))).hasSize(2);
  }

  @Test
  void the_last_good_one_is_never_let_go() {
    Instant old = NOW.minusSeconds(86_400L * 900);
    assertThat(left(List.of(archive(old, true)), rules(null, 1, null, null))).hasSize(1);
    // newer ones that nobody could read do not count
    List<StoredArchive> unread =
        List.of(
            archive(old, true),
            archive(old.minusSeconds(60), true),
            archive(NOW.minusSeconds(60), false),
            archive(NOW.minusSeconds(120), false));
    assertThat(left(unread, rules(1, null, null, null)))
        .containsExactly(old.toString().substring(0, 10), "2026-11-26");
  }

  @Test
  void the_oldest_goes_first() {
    List<StoredArchive> surplus =
        RetentionPolicy.expired(nights(5), rules(1, null, null, null), ATHENS, NOW);
    assertThat(surplus)
        .isSortedAccordingTo((a, b) -> a.startedAt().compareTo(b.startedAt()))
        .hasSize(4);
  }
}
