package io.github.camelakeeba.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventJsonTest {
  private final EventJson json = new EventJson();

  @Test
  void every_event_comes_back_as_it_was() {
    for (Event event :
        List.of(
            SampleBackup.started(),
            SampleBackup.completed(),
            SampleBackup.warning("Ümlaut 🚀 <b>\"quoted\"</b>\nsecond line"),
            SampleBackup.failed("The disk is full"))) {
      assertThat(json.read(json.write(event))).isEqualTo(event);
    }
  }

  @Test
  void instants_are_iso_8601_and_what_is_not_known_is_null() {
    assertThat(json.write(SampleBackup.started()))
        .startsWith("{\"specversion\":\"1.0\",\"id\":\"shop@2026-11-22T00:30:00Z/started\"")
        .contains("\"time\":\"2026-11-22T00:30:00Z\"", "\"endedAt\":null", "\"error\":null")
        .doesNotContain("\n");
  }

  @Test
  void a_member_of_a_newer_version_is_passed_over() {
    String newer =
        json.write(SampleBackup.completed()).replace("\"data\":{", "\"data\":{\"mood\":1,");
    assertThat(json.read(newer)).isEqualTo(SampleBackup.completed());
  }

  @Test
  void what_is_no_event_is_refused_in_a_sentence() {
    assertThatThrownBy(() -> json.read("{half"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not an event:");
  }
}
