package io.github.camelakeeba.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings are played back byte for byte, and a client that strays from them is noticed. */
class RecordedSiteTest {
  private static final Map<String, String> AUTH = Map.of("X-Akeeba-Auth", RecordedSite.SECRET);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "joomla-01-happy-path.txt",
        "joomla-10-warnings.txt",
        "joomla-18-multipart-profile8.txt",
        "wp-01-happy-path.txt",
        "wp-10-warnings.txt"
      })
  void plays_a_whole_backup_byte_for_byte_on_one_connection(String name) throws Exception {
    List<RecordedExchange> recorded =
        RecordedCapture.of(name).of(List.of("startBackup", "stepBackup"));
    try (RecordedSite site = RecordedSite.of(name);
        TestClient client = new TestClient(true)) {
      for (RecordedExchange exchange : recorded) {
        String form = new String(exchange.request().body());
        assertThat(client.send(site.url(), "POST", AUTH, form).body()).isEqualTo(exchange.body());
      }
      JsonNode record = data(client, site, "method=getBackupInfo&backup_id=4");
      assertThat(record.get("status").asText()).isEqualTo("complete");
      assertThat(record.get("filenames")).isNotEmpty();
      assertThat(site.mismatches()).isEmpty();
      assertThat(site.connections()).isEqualTo(1);
      assertThat(site.requests()).hasSize(recorded.size() + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"joomla-09-error-mid-backup.txt", "wp-10-warnings.txt"})
  void answers_what_the_recording_lacks_as_the_same_product_did(String name) throws Exception {
    try (RecordedSite site = RecordedSite.of(name);
        TestClient client = new TestClient(true)) {
      assertThat(data(client, site, "method=getVersion").has("api")).isTrue();
      assertThat(data(client, site, "method=getProfiles")).hasSize(9);
      assertThat(data(client, site, "method=listBackups")).isEmpty();
      assertThat(data(client, site, "method=exportConfiguration").has("configuration")).isTrue();
      assertThat(site.mismatches()).isEmpty();
    }
  }

  @Test
  void notices_a_wrong_profile_a_wrong_backupid_and_a_step_too_many() throws Exception {
    try (RecordedSite site = RecordedSite.of("joomla-10-warnings.txt");
        TestClient client = new TestClient(true)) {
      client.send(site.url(), "POST", AUTH, "method=startBackup&profile=1");
      for (int i = 0; i < site.recordedSteps(); i++) {
        client.send(site.url(), "POST", AUTH, "method=stepBackup&backupid=id-1");
      }
      assertThat(site.mismatches()).hasSize(1 + site.recordedSteps());
      TestClient.Got more = client.send(site.url(), "POST", AUTH, "method=stepBackup&backupid=x");
      assertThat(more.status()).isEqualTo(500);
      assertThat(site.mismatches()).last().asString().startsWith("not recorded: call 11");
    }
  }

  private static JsonNode data(TestClient client, RecordedSite site, String form) throws Exception {
    return client.send(site.url(), "POST", AUTH, form).data();
  }
}
