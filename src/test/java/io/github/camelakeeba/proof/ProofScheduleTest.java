package io.github.camelakeeba.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProofScheduleTest {
  private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  private static ProofStanding standing(String site, Instant good, Instant at, String verdict) {
    return new ProofStanding(site, good, SINCE, at, verdict, null, null, null, null, null);
  }

  private static Instant first(String site, long sites) {
    return ProofSchedule.due(standing(site, SINCE, null, null), MONTH, sites);
  }

  private static Instant after(String verdict, Instant good) {
    return ProofSchedule.due(standing("shop", good, SINCE, verdict), MONTH, 1);
  }

  @Test
  void a_lone_site_is_tested_within_half_an_hour() {
    assertThat(first("shop", 1)).isBetween(SINCE, SINCE.plus(Duration.ofMinutes(30)));
  }

  @Test
  void first_tests_of_a_fleet_are_spread_over_the_interval_each_site_always_at_the_same_place() {
    long[] days = new long[30];
    IntStream.range(0, 3_000)
        .mapToObj(i -> first("site" + i, 3_000))
        .forEach(due -> days[(int) Duration.between(SINCE, due).toDays()]++);
    assertThat(Arrays.stream(days).boxed())
        .allSatisfy(number -> assertThat(number).isBetween(50L, 150L));
    assertThat(first("site7", 3_000)).isEqualTo(first("site7", 3_000));
  }

  @Test
  void none_is_due_before_there_is_a_good_backup() {
    assertThat(ProofSchedule.due(standing("shop", null, null, null), MONTH, 1)).isNull();
  }

  @Test
  void what_could_not_be_tested_is_tried_again_within_a_day() {
    assertThat(after("proved", SINCE)).isEqualTo(SINCE.plus(MONTH));
    assertThat(after("untested", SINCE)).isEqualTo(SINCE.plus(Duration.ofDays(1)));
  }

  @Test
  void after_a_backup_that_is_not_proved_the_next_good_one_is_tested_within_a_day() {
    assertThat(after("unproved", SINCE.minusSeconds(1))).isEqualTo(SINCE.plus(MONTH));
    assertThat(after("unproved", SINCE.plusSeconds(1))).isEqualTo(SINCE.plus(Duration.ofDays(1)));
  }
}
