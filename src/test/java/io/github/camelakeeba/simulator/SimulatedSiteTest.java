package io.github.camelakeeba.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The site does what was measured on real ones. */
class SimulatedSiteTest {
  private final SimulatedServer server = SimulatedServer.start();
  private final SimulatedSite shop = server.joomla("shop");
  private final TestClient client = new TestClient(true);

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 60})
  void a_backup_of_any_length_numbers_its_steps_as_measured(int steps) throws Exception {
    shop.steps(steps);
    JsonNode answer = client.call(shop, "startBackup").data();
    assertThat(answer.get("stepNumber").asInt()).isEqualTo(2);
    int progress = 0;
    for (int step = 1; step <= steps; step++) {
      int before = answer.get("stepNumber").asInt();
      answer = client.step(shop, answer).data();
      boolean last = step == steps;
      assertThat(answer.get("HasRun").asBoolean()).isEqualTo(!last);
      assertThat(answer.get("stepNumber").asInt()).isEqualTo(last ? before : before + 1);
      assertThat(answer.get("BackupID").isNull()).isEqualTo(last);
      assertThat(answer.get("Progress").asInt()).isBetween(progress, 100);
      progress = answer.get("Progress").asInt();
    }
    assertThat(shop.records().get(0).get("status").asText()).isEqualTo("complete");
    assertThat(shop.violations()).isEmpty();
    assertThat(shop.connections()).isEqualTo(1);
    assertThat(shop.sessions()).isEqualTo(1);
  }

  @Test
  void a_secret_of_any_characters_is_taken_percent_encoded_from_the_query() throws Exception {
    shop.secret("schlüssel &?=%/ 鍵");
    String encoded = URLEncoder.encode(shop.secret(), StandardCharsets.UTF_8);
    URI url = URI.create(shop.url() + "&_akeebaAuth=" + encoded);
    assertThat(client.send(url, "POST", Map.of(), "method=getVersion").data().has("api")).isTrue();
  }

  @Test
  void basic_authentication_comes_before_the_api() throws Exception {
    shop.basicAuth("me", "pass");
    assertThat(client.call(shop, "getVersion").status()).isEqualTo(401);
    Map<String, String> both =
        Map.of("X-Akeeba-Auth", shop.secret(), "Authorization", "Basic bWU6cGFzcw==");
    assertThat(client.send(shop.url(), "POST", both, "method=getVersion").status()).isEqualTo(200);
  }

  @Test
  void a_switched_off_api_denies_access() throws Exception {
    shop.apiEnabled(false);
    assertThat(client.call(shop, "getVersion").json().get("status").asInt()).isEqualTo(503);
  }

  @Test
  void wordpress_and_solo_without_the_api_in_the_url_are_no_endpoint() throws Exception {
    SimulatedSite blog = server.wordpress("blog");
    SimulatedSite solo = server.solo("solo");
    assertThat(client.call(solo, "getVersion").data().get("api").asInt()).isEqualTo(400);
    URI bare = blog.address().resolve("wp-admin/admin-ajax.php");
    assertThat(client.send(bare, "GET", Map.of(), null).text()).isEqualTo("0");
    URI elsewhere = server.address().resolve("nothing/here");
    assertThat(client.send(elsewhere, "GET", Map.of(), null).status()).isEqualTo(404);
  }

  @Test
  void sleep_time_can_be_any_json_or_absent() throws Exception {
    shop.sleepTime(1500);
    assertThat(sleepTime()).isEqualTo("1500");
    shop.sleepTimeJson("\"1500\"");
    assertThat(sleepTime()).isEqualTo("\"1500\"");
    shop.sleepTimeJson("null");
    assertThat(sleepTime()).isEqualTo("null");
    shop.sleepTimeJson(null);
    assertThat(sleepTime()).isEmpty();
  }

  @Test
  void a_failed_backup_stays_run_and_can_not_be_stepped_any_more() throws Exception {
    shop.failAt(3, "The disk is full").warnings(2, "slow");
    JsonNode answer = client.call(shop, "startBackup").data();
    client.step(shop, answer);
    assertThat(client.step(shop, answer).data().get("Warnings").get(0).asText()).isEqualTo("slow");
    JsonNode failed = client.step(shop, answer).json();
    assertThat(failed.get("status").asInt()).isEqualTo(500);
    assertThat(failed.get("data").asText())
        .isEqualTo("A backup error has occurred: The disk is full");
    assertThat(shop.records().get(0).get("status").asText()).isEqualTo("run");
    assertThat(shop.records().get(0).get("instep").asText()).isEqualTo("0");
    client.step(shop, answer);
    assertThat(shop.violations()).singleElement().asString().contains("has failed");
  }

  @Test
  void a_start_marks_every_running_backup_failed_and_deletes_its_files() throws Exception {
    JsonNode first = client.call(shop, "startBackup").data();
    client.step(shop, first);
    client.run(shop);
    JsonNode record = client.call(shop, "getBackupInfo", "backup_id", 1).data();
    assertThat(record.get("status").asText()).isEqualTo("fail");
    assertThat(record.get("filenames")).isEmpty();
    assertThat(shop.violations()).isEmpty();
    client.step(shop, first);
    assertThat(shop.violations()).singleElement().asString().contains("displaced");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_start_by_somebody_else_during_a_step_leaves_a_run_that_ends_complete(boolean joomla)
      throws Exception {
    SimulatedSite site = joomla ? shop : server.wordpress("blog");
    site.fault(Fault.on("stepBackup").nth(4).inside(() -> site.foreignStart("backend")));
    JsonNode answer = client.call(site, "startBackup", "profile", 2).data();
    for (int step = 1; step <= 4; step++) {
      answer = client.step(site, answer).data();
    }
    assertThat(answer.get("stepNumber").asInt()).isEqualTo(6);
    assertThat(answer.get("Profile").asInt()).isEqualTo(2);
    assertThat(site.records().get(1).get("status").asText()).isEqualTo("run");
    while (answer.get("HasRun").asBoolean()) {
      answer = client.step(site, answer).data();
    }
    JsonNode ours = site.records().get(1);
    assertThat(ours.get("status").asText()).isEqualTo("complete");
    assertThat(ours.get("remote_filename").asText()).isEqualTo("NULL");
    assertThat(site.records().get(0).get("status").asText()).isEqualTo("run");
    assertThat(site.archiveBroken(1)).isTrue();
    assertThat(site.archiveBroken(2)).isFalse();
    assertThat(site.violations()).isEmpty();
  }

  @Test
  void a_JPA_after_a_ZIP_that_was_left_lying_fails_at_its_first_start_only() throws Exception {
    shop.kind("zip").foreignBackup("backend").abandoned();
    shop.kind("jpa");
    JsonNode broken = client.call(shop, "startBackup").json();
    assertThat(broken.get("status").asInt()).isEqualTo(500);
    assertThat(broken.get("data").asText())
        .isEqualTo("Undefined constant \"Akeeba\\Engine\\Archiver\\_JPA_MAJOR\"");
    assertThat(shop.records()).hasSize(1);
    client.run(shop);
    assertThat(shop.records().get(0).get("status").asText()).isEqualTo("complete");
  }

  @Test
  void a_record_without_any_sign_of_life_keeps_later_starts_from_deleting_anything()
      throws Exception {
    shop.foreignBackup("backend").leftAtItsStart();
    client.call(shop, "startBackup");
    client.call(shop, "startBackup");
    assertThat(shop.records()).allMatch(row -> "run".equals(row.get("status").asText()));
  }

  @Test
  void a_start_without_a_description_gets_one_of_the_server() throws Exception {
    client.call(shop, "startBackup", "description", "");
    assertThat(shop.records().get(0).get("description").asText()).startsWith("Backup taken on ");
  }

  @Test
  void the_clock_of_the_site_shows_in_the_date_header_and_in_the_records() throws Exception {
    shop.clockSkew(Duration.ofDays(400));
    ZonedDateTime expected = ZonedDateTime.now(ZoneOffset.UTC).plusDays(400);
    TestClient.Got started = client.call(shop, "startBackup");
    String date = started.headers().get("Date");
    assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
        .isCloseTo(expected, within(5, ChronoUnit.MINUTES));
    String end = shop.records().get(0).get("backupend").asText();
    assertThat(LocalDateTime.parse(end.replace(' ', 'T')).atZone(ZoneOffset.UTC))
        .isCloseTo(expected, within(5, ChronoUnit.MINUTES));
  }

  @Test
  void an_imported_profile_is_exported_again_and_wordpress_damages_it() throws Exception {
    SimulatedSite blog = server.wordpress("blog");
    for (SimulatedSite site : new SimulatedSite[] {shop, blog}) {
      client.call(
          site,
          "importConfiguration",
          "data[description]",
          "Mine",
          "data[configuration]",
          "{\"a\":1}",
          "data[filters]",
          "{}");
    }
    assertThat(configuration(shop)).isEqualTo("{\"a\":1}");
    assertThat(configuration(blog)).isEqualTo("{\\\"a\\\":1}");
  }

  @Test
  void a_size_without_room_for_an_archive_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shop.size(100))
        .withMessage("size: 100 given, 0 or 8192 and more allowed");
  }

  private String configuration(SimulatedSite site) throws Exception {
    JsonNode export = client.call(site, "exportConfiguration", "profile", 2).data();
    return export.get("configuration").asText();
  }

  private String sleepTime() throws Exception {
    return client.call(shop, "startBackup").data().path("sleepTime").toString();
  }
}
