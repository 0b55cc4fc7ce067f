package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.proof.ProofSettings;
import io.github.camelakeeba.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When sites are due, how far apart, and how those of one instant are spread. */
class ScheduleCalculatorTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant FIRE = Instant.parse("2026-11-23T02:30:00Z");

  private static Site site(String name, String cron, String zone, boolean enabled) {
    return new Site(
        name,
        SiteAddress.parse("https://x.example/remote.php"),
        new Secret("s3cret-word"),
        null,
        cron,
        ZoneId.of(zone),
        1,
        "",
        "",
        Map.of(),
        "x.example",
        Duration.ofMinutes(15),
        Duration.ofMinutes(20),
        Duration.ZERO,
        new Site.Retry(3, 1),
        enabled,
        List.of(),
        null,
        null,
        Duration.ofHours(6),
        null,
        null,
        null,
        50,
        null,
        ProofSettings.NONE);
  }

  private static ScheduleCalculator schedules(Site... sites) {
    Map<String, Site> byName = new LinkedHashMap<>();
    for (Site site : sites) {
      byName.put(site.name(), site);
    }
    return new ScheduleCalculator(
        new Configuration(
            byName,
            new Configuration.Limits(50, 1, Duration.ofMinutes(30)),
            Duration.ofDays(400),
            Map.of(),
            List.of(),
            List.of(),
            null,
            List.of(),
            List.of()));
  }

  @Test
  void next_fires_are_those_of_the_zone_across_a_clock_change() {
    Site site = site("a", "0 30 4 * * ?", "Europe/Athens", true);
    assertThat(schedules(site).next(site, Instant.parse("2026-10-24T00:00:00Z"), 2))
        .containsExactly(
            Instant.parse("2026-10-24T01:30:00Z"), Instant.parse("2026-10-25T02:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "0 30 2 * * ?,             PT24H",
    "0 0/5 8-18 ? * MON-FRI,   PT61H5M",
    "0 15 3 ? * SUN,           PT168H",
    "0 0 4 1 * ?,              PT744H",
    "0 * * * * ?,              PT1M",
  })
  void the_longest_gap_is_found(String cron, Duration gap) {
    Site site = site("a", cron, "UTC", true);
    assertThat(schedules(site).longestGap(site, NOW)).isEqualTo(gap);
    assertThat(schedules(site).overdueAfter(site, NOW)).isEqualTo(gap.multipliedBy(2));
  }

  @ParameterizedTest
  @CsvSource({
    "0 30 2 * * ?,       Europe/Berlin,      PT48H",
    "0 30 5 * * ?,       Europe/Athens,      PT48H",
    "0 0 3 ? * SUN,      Europe/Athens,      P14D",
    "0 0 3 ? * MON-FRI,  America/New_York,   P6D",
    "0 15 0 * * ?,       Asia/Beirut,        PT48H",
  })
  void a_day_on_which_clocks_change_makes_no_gap_longer(String cron, String zone, Duration after) {
    Site site = site("a", cron, zone, true);
    for (String now : List.of("2026-11-22T12:00:00Z", "2027-03-27T12:00:00Z")) {
      assertThat(schedules(site).overdueAfter(site, Instant.parse(now))).isEqualTo(after);
    }
  }

  @Test
  void a_fire_that_comes_late_or_twice_is_that_of_its_time() {
    Site site = site("a", "0 30 2 * * ?", "Europe/Berlin", true);
    Instant first = Instant.parse("2027-10-31T00:30:00Z");
    for (Duration late : List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(20))) {
      assertThat(schedules(site).scheduledFire(site, first.plus(late))).isEqualTo(first);
    }
    Site leapDays = site("b", "0 0 3 29 2 ?", "UTC", true);
    assertThat(schedules(leapDays).scheduledFire(leapDays, Instant.parse("2030-01-01T00:00:00Z")))
        .isEqualTo(Instant.parse("2028-02-29T03:00:00Z"));
    Site seconds = site("c", "* * * * * ?", "UTC", true);
    assertThat(schedules(seconds).scheduledFire(seconds, NOW.plusMillis(300))).isEqualTo(NOW);
  }

  @Test
  void sites_due_at_the_first_minute_behind_a_gap_are_spread_with_the_others() {
    Site left = site("a", "0 30 2 * * ?", "Europe/Berlin", true);
    Site three = site("b", "0 0 3 * * ?", "Europe/Berlin", true);
    Instant three0clock = Instant.parse("2027-03-28T01:00:00Z");
    assertThat(schedules(left, three).offset(left, three0clock)).isPositive();
    assertThat(schedules(left, three).offset(three, three0clock)).isPositive();
  }

  @Test
  void a_site_on_events_only_is_never_due_nor_overdue() {
    Site site = site("a", null, "UTC", true);
    ScheduleCalculator schedules = schedules(site);
    assertThat(schedules.next(site, NOW, 3)).isEmpty();
    assertThat(schedules.longestGap(site, NOW)).isNull();
    assertThat(schedules.overdueAfter(site, NOW)).isNull();
    assertThat(schedules.offset(site, NOW)).isZero();
  }

  @Test
  void a_lone_site_is_not_moved() {
    Site lone = site("a", "0 30 2 * * ?", "UTC", true);
    Site other = site("b", "0 31 2 * * ?", "UTC", true);
    Site off = site("c", "0 30 2 * * ?", "UTC", false);
    assertThat(schedules(lone, other, off).offset(lone, FIRE)).isZero();
  }

  @Test
  void sites_of_one_instant_are_spread_also_across_expressions_and_zones() {
    Site athens = site("a", "0 30 4 * * ?", "Europe/Athens", true);
    Site utc = site("b", "0 30 2 ? * MON", "UTC", true);
    ScheduleCalculator schedules = schedules(athens, utc);
    assertThat(schedules.offset(athens, FIRE)).isPositive();
    assertThat(schedules.offset(utc, FIRE)).isPositive();
    // on a Tuesday the weekly one is not due
    assertThat(schedules.offset(athens, FIRE.plus(Duration.ofDays(1)))).isZero();
  }

  @Test
  void the_spread_is_even_the_same_each_time_and_does_not_hang_on_other_sites() {
    Site[] sites =
        IntStream.range(0, 1_000)
            .mapToObj(i -> site("site-" + i, "0 30 2 * * ?", "UTC", true))
            .toArray(Site[]::new);
    ScheduleCalculator all = schedules(sites);
    ScheduleCalculator few = schedules(sites[3], sites[4]);
    assertThat(few.offset(sites[3], FIRE)).isEqualTo(all.offset(sites[3], FIRE));
    Map<Long, Long> minutes =
        java.util.Arrays.stream(sites)
            .collect(
                Collectors.groupingBy(s -> all.offset(s, FIRE).toMinutes(), Collectors.counting()));
    assertThat(minutes.keySet()).hasSize(30).allMatch(minute -> minute >= 0 && minute < 30);
    assertThat(minutes.values()).allMatch(sitesOfAMinute -> sitesOfAMinute < 70);
  }

  @Test
  void the_spread_is_at_most_a_tenth_of_the_interval() {
    Set<Duration> offsets =
        IntStream.range(0, 50)
            .mapToObj(i -> site("site-" + i, "0 0/10 * * * ?", "UTC", true))
            .collect(
                Collectors.collectingAndThen(
                    Collectors.toList(),
                    sites -> {
                      ScheduleCalculator schedules = schedules(sites.toArray(Site[]::new));
                      return sites.stream()
                          .map(s -> schedules.offset(s, FIRE))
                          .collect(Collectors.toSet());
                    }));
    assertThat(offsets)
        .hasSizeGreaterThan(40)
        .allMatch(o -> o.compareTo(Duration.ofMinutes(1)) < 0);
  }

  @Test
  void ten_thousand_different_schedules_are_answered_quickly() {
    Site[] sites =
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    site(
                        "s" + i,
                        i % 60 + " " + i / 60 % 60 + " " + i / 3600 + " * * ?",
                        "UTC",
                        true))
            .toArray(Site[]::new);
    ScheduleCalculator schedules = schedules(sites);
    long before = System.nanoTime();
    for (Site site : sites) {
      assertThat(schedules.overdueAfter(site, NOW)).isEqualTo(Duration.ofHours(48));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(schedules.offset(sites[i], schedules.next(sites[i], NOW, 1).get(0))).isZero();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
  }
}
