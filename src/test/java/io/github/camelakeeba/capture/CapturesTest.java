package io.github.camelakeeba.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CapturesTest {
  @Test
  void every_recorded_exchange_is_read() {
    assertThat(Captures.all()).hasSize(454);
    assertThat(Captures.all()).filteredOn(e -> !e.answered()).hasSize(5);
    assertThat(Captures.all()).filteredOn(e -> e.answered() && !e.complete()).hasSize(37);
  }

  @Test
  void an_exchange_is_told_in_full() {
    CapturedExchange start = Captures.of("joomla-01-happy-path").get(3);
    assertThat(start.verb()).isEqualTo("POST");
    assertThat(start.target()).isEqualTo("/index.php?option=com_akeebabackup&view=api&format=raw");
    assertThat(start.method()).isEqualTo("startBackup");
    assertThat(start.requestBody())
        .isEqualTo("method=startBackup&profile=2&description=lab+capture");
    assertThat(start.requestHeaders()).containsEntry("content-length", "52");
    assertThat(start.status()).isEqualTo(200);
    assertThat(start.headers())
        .containsEntry("Content-Type", "application/json; charset=utf-8")
        .containsEntry("date", "Sun, 22 Nov 2026 20:15:56 GMT");
    assertThat(new String(start.body(), StandardCharsets.UTF_8))
        .startsWith("{\"status\":200,")
        .endsWith("\"Profile\":2}}");
    assertThat(start.complete()).isTrue();
  }

  @Test
  void a_note_after_an_exchange_is_not_part_of_its_body() {
    CapturedExchange last = Captures.of("joomla-10-warnings").get(10);
    assertThat(new String(last.body(), StandardCharsets.UTF_8)).endsWith("\"Profile\":4}}");
  }

  @Test
  void the_method_is_found_in_the_query_and_in_the_path_too() {
    assertThat(Captures.of("joomla-01-happy-path").get(1).method()).isEqualTo("getVersion");
    assertThat(Captures.of("japi3-22-joomla-api-v3").get(0).method()).isEqualTo("getVersion");
  }
}
