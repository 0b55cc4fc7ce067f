package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a schedule fires where clocks change. */
class FireTimesTest {
  private static List<String> fires(String cron, String zone, String from, String to) {
    FireTimes times = new FireTimes(cron, ZoneId.of(zone));
    ZoneId place = ZoneId.of(zone);
    Instant end = LocalDateTime.parse(to).atZone(place).toInstant();
    List<String> fires = new ArrayList<>();
    Instant fire = times.after(LocalDateTime.parse(from).atZone(place).toInstant());
    while (fire != null && fire.isBefore(end)) {
      assertThat(times.firesAt(fire)).isTrue();
      fires.add(fire.atZone(place).toOffsetDateTime().toString());
      fire = times.after(fire);
    }
    return fires;
  }

  @Test
  void a_daily_time_that_is_left_out_fires_at_the_first_minute_that_exists() {
    assertThat(fires("0 30 2 * * ?", "Europe/Berlin", "2027-03-27T00:00", "2027-03-30T00:00"))
        .containsExactly(
            "2027-03-27T02:30+01:00", "2027-03-28T03:00+02:00", "2027-03-29T02:30+02:00");
    assertThat(fires("0 0 2 ? * SUN", "Europe/Berlin", "2027-03-21T12:00", "2027-04-05T00:00"))
        .containsExactly("2027-03-28T03:00+02:00", "2027-04-04T02:00+02:00");
  }

  @Test
  void so_it_does_where_midnight_is_left_out() {
    assertThat(fires("0 0 0 * * ?", "Asia/Beirut", "2026-03-28T12:00", "2026-03-30T12:00"))
        .containsExactly("2026-03-29T01:00+03:00", "2026-03-30T00:00+03:00");
    assertThat(fires("0 30 0 29 3 ?", "Asia/Beirut", "2026-03-28T12:00", "2026-12-31T00:00"))
        .containsExactly("2026-03-29T01:00+03:00");
    assertThat(fires("0 15 0 * * ?", "America/Havana", "2027-03-13T12:00", "2027-03-15T12:00"))
        .containsExactly("2027-03-14T01:00-04:00", "2027-03-15T00:15-04:00");
  }

  @Test
  void and_where_a_whole_day_is_left_out() {
    assertThat(fires("0 0 3 * * ?", "Pacific/Apia", "2011-12-29T00:00", "2012-01-01T00:00"))
        .containsExactly(
            "2011-12-29T03:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T03:00+14:00");
  }

  @Test
  void a_daily_time_that_exists_twice_fires_once() {
    assertThat(fires("0 30 2 * * ?", "Europe/Berlin", "2027-10-30T12:00", "2027-11-01T12:00"))
        .containsExactly("2027-10-31T02:30+02:00", "2027-11-01T02:30+01:00");
    assertThat(fires("0 0/20 2 * * ?", "Europe/Berlin", "2027-10-30T12:00", "2027-10-31T12:00"))
        .containsExactly(
            "2027-10-31T02:00+02:00", "2027-10-31T02:20+02:00", "2027-10-31T02:40+02:00");
    assertThat(fires("0 30 0 * * ?", "America/Havana", "2027-11-06T12:00", "2027-11-07T12:00"))
        .containsExactly("2027-11-07T00:30-04:00");
    assertThat(fires("0 30 23 * * ?", "Asia/Beirut", "2026-10-24T12:00", "2026-10-25T12:00"))
        .containsExactly("2026-10-24T23:30+03:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 * * * ?", "0 30 * * * ?", "0 45 0/1 * * ?", "0 5 0-23 * * ?"})
  void an_hourly_schedule_fires_in_each_real_hour_and_in_none_twice(String cron) {
    assertThat(fires(cron, "Europe/Berlin", "2027-10-30T23:59", "2027-11-01T00:00")).hasSize(25);
    assertThat(fires(cron, "Europe/Berlin", "2027-03-27T23:59", "2027-03-29T00:00")).hasSize(23);
  }

  @Test
  void an_hourly_schedule_of_some_hours_loses_none_of_them() {
    assertThat(fires("0 0 1-4 * * ?", "Europe/Berlin", "2027-10-30T12:00", "2027-10-31T12:00"))
        .hasSize(5);
    assertThat(fires("0 30 2-4 * * ?", "Europe/Berlin", "2027-03-27T12:00", "2027-03-28T12:00"))
        .containsExactly(
            "2027-03-28T03:00+02:00", "2027-03-28T03:30+02:00", "2027-03-28T04:30+02:00");
  }

  @Test
  void a_schedule_of_minutes_and_seconds_goes_on_evenly() {
    assertThat(fires("0 0/10 * * * ?", "Europe/Berlin", "2027-10-30T23:59", "2027-11-01T00:00"))
        .hasSize(25 * 6);
    assertThat(
            fires("0/30 * * * * ?", "Australia/Lord_Howe", "2027-04-04T01:00", "2027-04-04T03:00"))
        .hasSize(5 * 60 - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 2 * * ? 2020", "0 0 3 30 2 ?", "0 0 3 31 4,6 ?"})
  void a_schedule_that_is_over_never_fires_again(String cron) {
    assertThat(
            new FireTimes(cron, ZoneId.of("Europe/Berlin"))
                .after(Instant.parse("2026-11-22T12:00:00Z")))
        .isNull();
  }

  @Test
  void a_schedule_whose_only_time_is_left_out_fires_all_the_same() {
    assertThat(fires("0 30 2 28 3 ? 2027", "Europe/Berlin", "2026-11-22T12:00", "2030-01-01T00:00"))
        .containsExactly("2027-03-28T03:00+02:00");
  }

  @Test
  void an_expression_that_the_store_can_not_hold_is_refused() {
    String seconds = String.join(",", java.util.Collections.nCopies(250, "0"));

    assertThat(CronExpressions.validated(seconds.substring(0, 479) + " 0 3 * * ?")).hasSize(489);
    assertThatThrownBy(() -> CronExpressions.validated(seconds + " 0 3 * * ?"))
        .hasMessage("is longer than 500 characters: write ranges and steps, such as 0-30 or 0/5");
  }
}
