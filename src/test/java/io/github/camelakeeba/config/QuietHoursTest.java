package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuietHoursTest {
  private static final ZoneId ATHENS = ZoneId.of("Europe/Athens");

  @ParameterizedTest
  @CsvSource({
    // hours, instant, when they are over
    "22:00-07:00, 2026-11-22T19:59:59Z, 2026-11-22T19:59:59Z",
    "22:00-07:00, 2026-11-22T20:00:00Z, 2026-11-23T05:00:00Z",
    "22:00-07:00, 2026-11-22T22:30:00Z, 2026-11-23T05:00:00Z",
    "22:00-07:00, 2026-11-23T04:59:59Z, 2026-11-23T05:00:00Z",
    "22:00-07:00, 2026-11-23T05:00:00Z, 2026-11-23T05:00:00Z",
    "12:00-14:30, 2026-11-22T10:00:00Z, 2026-11-22T12:30:00Z",
    "12:00-14:30, 2026-11-22T12:30:00Z, 2026-11-22T12:30:00Z",
    "00:00-06:00, 2026-11-21T22:00:00Z, 2026-11-22T04:00:00Z",
    // the clocks go forward from 03:00 to 04:00: 03:30 does not exist that night
    "22:00-03:30, 2026-03-28T21:00:00Z, 2026-03-29T01:30:00Z"
  })
  void they_are_over_at_their_end_in_the_zone_of_the_site(String hours, Instant at, Instant over) {
    assertThat(QuietHours.parse(hours).endAfter(at, ATHENS)).isEqualTo(over);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "22-7", "22:00", "22:00-24:00", "22:60-07:00", "7:00 to 8:00"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> QuietHours.parse(text))
        .hasMessage("is no part of a day; write 22:00-07:00");
  }

  @Test
  void a_whole_day_is_refused() {
    assertThatThrownBy(() -> QuietHours.parse("07:00-7:00")).hasMessageStartingWith("begins when");
  }
}
