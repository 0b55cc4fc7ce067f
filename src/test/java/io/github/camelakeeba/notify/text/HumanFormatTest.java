package io.github.camelakeeba.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanFormatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "999, 999 bytes",
    "1000, 1.0 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "2621440, 2.6 MB",
    "4294967296, 4.3 GB",
    "9007199254740993, 9.0 PB"
  })
  void sizes_are_decimal_with_one_digit(long bytes, String text) {
    assertThat(HumanFormat.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "120, 120 ms",
    "3200, 3 s",
    "59600, 1 min",
    "125000, 2 min 5 s",
    "7500000, 2 h 5 min",
    "90000000, 1 d 1 h"
  })
  void durations_show_the_two_largest_units(long milliseconds, String text) {
    assertThat(HumanFormat.duration(Duration.ofMillis(milliseconds))).isEqualTo(text);
  }
}
