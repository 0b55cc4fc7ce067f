package io.github.camelakeeba.akeeba.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wait that a server asks for is kept as far as it is reasonable. */
@Tag("fault")
class HttpTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "0000000000007, 7", "300, 300", "301, 300"})
  void seconds_are_kept_up_to_five_minutes(String header, long seconds) {
    assertThat(HttpTime.retryAfter(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "999999999",
        "9999999999",
        "99999999999",
        "99999999999999999999999999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT"
      })
  void what_is_beyond_reason_is_capped_and_not_ignored(String header) {
    assertThat(HttpTime.retryAfter(header, NOW)).isEqualTo(Duration.ofMinutes(5));
    assertThat(HttpTime.retryAfter(header, NOW, Duration.ofHours(1)))
        .isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "-5", "1.5", "0x10"})
  void what_is_no_time_is_no_wait(String header) {
    assertThat(HttpTime.retryAfter(header, NOW)).isNull();
  }
}
