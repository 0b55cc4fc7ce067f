package io.github.camelakeeba.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.simulator.http.PhpJson;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exchanges that were recorded with the real archives, sent to the simulated site, get the
 * recorded answers: of whole backups, and of ones that somebody else's start destroyed.
 */
class AnswersMatchExchangesTest {
  private static final List<String> EXACT =
      List.of(
          "HasRun",
          "Domain",
          "Error",
          "Warnings",
          "tag",
          "sleepTime",
          "stepNumber",
          "stepState",
          "BackupID",
          "Profile",
          "status",
          "multipart",
          "remote_filename",
          "instep",
          "filesexist",
          "frozen");

  /** The step in which the recorded workers were held: the second one of the dump. */
  private static final int HELD = 4;

  @ParameterizedTest
  @CsvSource({
    "j-full-jpa, jpa, 1, false",
    "j-full-split, jpa, 3, false",
    "j-full-zip, zip, 1, false",
    "w-full-jpa, jpa, 1, false",
    "j-bad-foreign-jpa, jpa, 1, true",
    "j-bad-foreign-split, jpa, 3, true",
    "j-bad-foreign-zip, zip, 1, true",
    "w-bad-foreign-jpa, jpa, 1, true"
  })
  void as_recorded(String name, String kind, int parts, boolean foreign) throws Exception {
    JsonNode exchanges = exchanges(name);
    try (SimulatedServer server = SimulatedServer.start();
        TestClient client = new TestClient(true)) {
      SimulatedSite site = name.startsWith("j-") ? server.joomla("s") : server.wordpress("s");
      site.kind(kind).parts(parts).size(160_000).steps(11).pastBackups(1);
      site.lastRecordId(exchanges.at("/0/answer/data/BackupID").asLong() - 1);
      if (foreign) {
        // the profile that somebody else used does not split
        site.fault(
            Fault.on("stepBackup")
                .nth(HELD)
                .inside(() -> site.parts(1).foreignStart("json").abandoned()));
      }
      String backupid = "";
      for (JsonNode exchange : exchanges) {
        JsonNode request = exchange.get("request");
        JsonNode answer =
            switch (request.get("method").asText()) {
              case "startBackup" ->
                  client
                      .call(
                          site,
                          "startBackup",
                          "profile",
                          request.get("profile").asText(),
                          "description",
                          request.get("description").asText())
                      .json();
              case "stepBackup" -> client.call(site, "stepBackup", "backupid", backupid).json();
              case "getBackupInfo" ->
                  client
                      .call(site, "getBackupInfo", "backup_id", request.get("backup_id").asText())
                      .json();
              default -> client.call(site, "listBackups", "from", 0, "limit", 5).json();
            };
        backupid = answer.at("/data/backupid").asText(backupid);
        assertLike(exchange.get("answer"), answer);
      }
      assertThat(site.records().get(foreign ? 1 : 0).get("backupid").asText()).isEqualTo(backupid);
      assertThat(site.archiveBroken(exchanges.at("/0/answer/data/BackupID").asLong()))
          .isEqualTo(foreign);
      assertThat(site.violations()).isEmpty();
    }
  }

  private static void assertLike(JsonNode recorded, JsonNode answer) {
    String what = recorded.toString();
    assertThat(answer.get("status")).as(what).isEqualTo(recorded.get("status"));
    if (recorded.get("data").isArray()) {
      // the list: the newest ones, ours and somebody else's
      assertLikeEachOther(recorded.at("/data/0"), answer.at("/data/0"), what);
      if (answer.at("/data/0/status").asText().equals("run")) {
        assertLikeEachOther(recorded.at("/data/1"), answer.at("/data/1"), what);
      }
    } else {
      assertLikeEachOther(recorded.get("data"), answer.get("data"), what);
      assertThat(answer.at("/data/filenames"))
          .as(what)
          .hasSize(recorded.at("/data/filenames").size());
    }
  }

  private static void assertLikeEachOther(JsonNode recorded, JsonNode answer, String what) {
    assertThat(answer.fieldNames())
        .toIterable()
        .as(what)
        .containsExactlyElementsOf(recorded::fieldNames);
    recorded
        .properties()
        .forEach(
            member ->
                assertThat(answer.get(member.getKey()).getNodeType())
                    .as("%s of %s", member.getKey(), what)
                    .isEqualTo(member.getValue().getNodeType()));
    for (String member : EXACT) {
      assertThat(answer.path(member)).as("%s of %s", member, what).isEqualTo(recorded.path(member));
    }
  }

  private static JsonNode exchanges(String name) throws Exception {
    try (InputStream in =
        AnswersMatchExchangesTest.class.getResourceAsStream(
            "/archives/exchanges/" + name + ".json")) {
      return PhpJson.parse(in.readAllBytes()).get("exchanges");
    }
  }
}
