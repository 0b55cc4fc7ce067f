package io.github.camelakeeba.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded requests, sent to the simulated site, get answers of the recorded shapes. */
class SimulatedSiteMatchesCapturesTest {
  private static final List<String> EXACT =
      List.of(
          "HasRun",
          "Domain",
          "Error",
          "Warnings",
          "ErrorException",
          "Progress",
          "sleepTime",
          "stepNumber",
          "stepState",
          "BackupID",
          "Profile",
          "tag");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "joomla-01-happy-path.txt",
        "joomla-02-auth.txt",
        "joomla-03-methods.txt",
        "joomla-04-step-errors.txt",
        "joomla-05-step-after-finish.txt",
        "joomla-06-nonexistent-profile.txt",
        "joomla-09-error-mid-backup.txt",
        "joomla-10-warnings.txt",
        "wp-01-happy-path.txt",
        "wp-02-auth.txt",
        "wp-04-step-errors.txt",
        "wp-05-step-after-finish.txt",
        "wp-10-warnings.txt"
      })
  void answers_a_recorded_session_in_the_recorded_shapes(String name) throws Exception {
    RecordedCapture capture = RecordedCapture.of(name);
    try (SimulatedServer server = SimulatedServer.start();
        TestClient client = new TestClient(false)) {
      SimulatedSite site = capture.joomla() ? server.joomla("site") : server.wordpress("site");
      configure(site, capture);
      Map<String, String> ours = new HashMap<>();
      for (RecordedExchange recorded : capture.exchanges()) {
        TestClient.Got got = replay(client, site, recorded.request(), ours);
        assertSameShape(recorded, got);
        translate(recorded, got, ours);
      }
    }
  }

  private static void configure(SimulatedSite site, RecordedCapture capture) {
    site.profiles(1, "Default Backup Profile", 2, "Small", 4, "Warnings", 7, "Fails");
    site.pastBackups(3);
    int step = 0;
    for (RecordedExchange exchange : capture.exchanges()) {
      JsonNode data = exchange.json() == null ? null : exchange.json().get("data");
      boolean isStep = exchange.request().method().equals("stepBackup");
      step += isStep ? 1 : 0;
      if (data == null) {
        continue;
      }
      if (data.path("BackupID").isInt() && site.records().size() == 3) {
        site.lastRecordId(data.get("BackupID").asLong() - 1);
      }
      if (isStep && data.has("HasRun") && !data.get("HasRun").asBoolean()) {
        site.steps(step);
      }
      if (data.path("Warnings").size() > 0) {
        site.warnings(step, data.get("Warnings").get(0).asText());
      }
      if (data.asText().startsWith("A backup error has occurred: Akeeba\\")) {
        site.failAt(step, data.asText().substring("A backup error has occurred: ".length()));
      }
      if (data.path("total_size").asLong() > 0 && data.has("filenames")) {
        site.size(data.get("total_size").asLong());
      }
    }
    // the recorded ids leave gaps where records were deleted before
    capture.of(List.of("startBackup", "stepBackup")).stream()
        .map(RecordedExchange::json)
        .filter(json -> json != null && json.get("data").path("BackupID").isInt())
        .findFirst()
        .ifPresent(json -> site.lastRecordId(json.get("data").get("BackupID").asLong() - 1));
  }

  private static TestClient.Got replay(
      TestClient client, SimulatedSite site, RecordedRequest request, Map<String, String> ours)
      throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    if (request.headers().containsKey("x-akeeba-auth")) {
      headers.put("X-Akeeba-Auth", request.header("x-akeeba-auth"));
    }
    String form = new String(request.body(), java.nio.charset.StandardCharsets.UTF_8);
    for (Map.Entry<String, String> id : ours.entrySet()) {
      form = form.replace(id.getKey(), id.getValue());
    }
    String query = request.query().isEmpty() ? "" : "?" + rawQuery(request);
    URI url = site.address().resolve(request.path().substring(1) + query);
    return client.send(url, request.verb(), headers, form.isEmpty() ? null : form);
  }

  private static String rawQuery(RecordedRequest request) {
    return String.join(
        "&",
        request.query().entrySet().stream()
            .map(pair -> pair.getKey() + "=" + pair.getValue())
            .toList());
  }

  private static void translate(
      RecordedExchange recorded, TestClient.Got got, Map<String, String> ours) {
    if (recorded.request().method().equals("startBackup") && recorded.json() != null) {
      String theirs = recorded.json().get("data").path("backupid").asText();
      if (!theirs.isEmpty()) {
        ours.put(theirs, got.data().get("backupid").asText());
      }
    }
  }

  private static void assertSameShape(RecordedExchange recorded, TestClient.Got got) {
    String what = recorded.toString();
    assertThat(got.status()).as(what).isEqualTo(recorded.httpStatus());
    assertThat(got.contentType()).as(what).isEqualTo(recorded.contentType());
    if (recorded.json() == null) {
      return;
    }
    assertThat(shape(got.json())).as(what).isEqualTo(shape(recorded.json()));
    assertThat(got.json().get("status")).as(what).isEqualTo(recorded.json().get("status"));
    JsonNode theirs = recorded.json().get("data");
    if (theirs.isTextual()) {
      assertThat(got.data()).as(what).isEqualTo(theirs);
    }
    for (String member : EXACT) {
      assertThat(got.data().path(member)).as(what).isEqualTo(theirs.path(member));
    }
    if (!recorded.headers().containsKey("Last-Modified")) {
      assertThat(names(got.headers())).as(what).isEqualTo(names(recorded.headers()));
    }
  }

  private static TreeSet<String> names(Map<String, String> headers) {
    TreeSet<String> names = new TreeSet<>(headers.keySet());
    names.remove("Connection");
    return names;
  }

  /** Member names in their order and types; of a list, its first element. */
  private static String shape(JsonNode node) {
    if (node.isObject()) {
      StringBuilder members = new StringBuilder("{");
      node.properties()
          .forEach(
              member -> members.append(member.getKey() + ":" + shape(member.getValue()) + " "));
      return members + "}";
    }
    return node.isArray() && !node.isEmpty()
        ? "[" + shape(node.get(0)) + "]"
        : node.getNodeType().toString();
  }
}
