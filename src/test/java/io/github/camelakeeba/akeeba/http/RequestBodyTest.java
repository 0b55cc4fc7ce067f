package io.github.camelakeeba.akeeba.http;

import static io.github.camelakeeba.akeeba.answer.SampleResponses.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.capture.CapturedExchange;
import io.github.camelakeeba.capture.Captures;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  @Test
  void the_recorded_requests_are_written_letter_by_letter() {
    assertThat(Captures.of("joomla-01-happy-path"))
        .extracting(CapturedExchange::requestBody)
        .contains(
            RequestBody.getVersion().encoded(),
            RequestBody.getProfiles().encoded(),
            RequestBody.startBackup(2, "lab capture", "", Map.of()).encoded(),
            RequestBody.stepBackup("id-20261122-201556-824357").encoded(),
            RequestBody.listBackups(0, 2).encoded(),
            RequestBody.getBackupInfo(4).encoded());
  }

  @Test
  void overrides_are_php_arrays_in_a_fixed_order() {
    Map<String, String> overrides =
        Map.of("akeeba.tuning.max_exec_time", "14", "akeeba.basic.archive_name", "a&b=[c]");
    assertThat(RequestBody.startBackup(1, null, "", overrides).encoded())
        .isEqualTo(
            "method=startBackup&profile=1&overrides%5Bakeeba.basic.archive_name%5D=a%26b%3D%5Bc%5D"
                + "&overrides%5Bakeeba.tuning.max_exec_time%5D=14");
  }

  @Test
  void texts_travel_as_utf_8_and_cannot_add_parameters() {
    assertThat(RequestBody.startBackup(1, "Ünï & method=delete", "a\n+b", Map.of()).encoded())
        .isEqualTo(
            "method=startBackup&profile=1&description=%C3%9Cn%C3%AF+%26+method%3Ddelete"
                + "&comment=a%0A%2Bb");
  }

  @Test
  void an_override_whose_name_would_break_out_of_its_brackets_is_refused() {
    AkeebaException refused =
        refusal(() -> RequestBody.startBackup(1, "", "", Map.of("a][b", "1")));
    assertThat(refused.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(refused).hasMessageContaining("\"a][b\"");
  }
}
