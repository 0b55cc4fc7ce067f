package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.RequestId;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites are paused and resumed; schedules skip those that are. */
class PauseByApiTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).durable().schedules();
    for (String name : new String[] {"tick", "tock", "tack", "shop", "forms", "kept", "soon"}) {
      SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(1);
      String schedule = name.startsWith("t") ? "schedule: \"* * * * * ?\"" : "profile: 1";
      product.site(name, site.url(), schedule, "zone: Asia/Tokyo");
    }
    api = new ApiClient(product.api().start());
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static JsonNode site(String name) throws Exception {
    return api.get("/api/sites/" + name).json();
  }

  private static JsonNode pause(String site, String body, String... headers) throws Exception {
    ApiClient.Answer answer = api.post("/api/sites/" + site + "/pause", body, headers);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("site").asText()).isEqualTo(site);
    assertThat(answer.json().path("paused")).isEqualTo(site(site).path("paused"));
    return answer.json().path("paused");
  }

  /** The times of the fires for which the site has runs. */
  private static List<Instant> fires(String site) throws Exception {
    JsonNode runs = api.get("/api/runs?limit=1000&site=" + site).json();
    return StreamSupport.stream(runs.spliterator(), false)
        .map(run -> RequestId.fireTime(run.path("id").asText()))
        .filter(Objects::nonNull)
        .toList();
  }

  private static void awaitFireAfter(Instant time, String site) {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> fires(site).stream().anyMatch(fire -> fire.isAfter(time)));
  }

  @Test
  @Tag("fault")
  void the_schedule_skips_a_paused_site_and_no_other_and_nothing_is_made_up_for() throws Exception {
    awaitFireAfter(Instant.EPOCH, "tick");
    pause("tick", "{\"reason\":\"server move\"}");
    Instant paused = Instant.now();
    // a request is taken as ever
    String request = "{\"site\":\"tick\",\"ifBusy\":\"queue\"}";
    assertThat(api.post("/api/backups?wait=60s", request).status()).isEqualTo(200);
    // the schedule has fired meanwhile
    awaitFireAfter(paused.plusSeconds(2), "tock");
    Instant resumed = Instant.now();
    assertThat(api.post("/api/sites/tick/resume", "").json().path("paused").isNull()).isTrue();

    awaitFireAfter(resumed, "tick");
    assertThat(fires("tick"))
        .noneMatch(fire -> fire.isAfter(paused) && !fire.isAfter(resumed))
        .anyMatch(fire -> fire.isBefore(paused));
  }

  @Test
  void the_answer_and_the_status_show_since_when_until_when_why_and_by_whom() throws Exception {
    Instant before = Instant.now().minusMillis(1);
    JsonNode paused =
        pause("shop", "{\"until\":\"2031-12-24T06:00:00+02:00\",\"reason\":\" a\\nb \"}");
    assertThat(Instant.parse(paused.path("since").asText())).isAfterOrEqualTo(before);
    assertThat(paused.path("until").asText()).isEqualTo("2031-12-24T04:00:00Z");
    assertThat(paused.path("reason").asText()).isEqualTo("a b");
    assertThat(paused.path("by").asText()).isEqualTo("api");
    assertThat(site("shop").path("nextRun").isNull()).isTrue();

    // again: another end and reason, the same beginning
    JsonNode again = pause("shop", "");
    assertThat(again.path("since")).isEqualTo(paused.path("since"));
    assertThat(again.path("until").isNull()).isTrue();
    assertThat(again.path("reason").isNull()).isTrue();
    assertThat(again.path("by").asText()).isEqualTo("api");
    for (JsonNode one : api.get("/api/status").json().path("sites")) {
      if (one.path("site").asText().equals("shop")) {
        assertThat(one.path("paused")).isEqualTo(again);
      }
    }

    for (int i = 0; i < 2; i++) { // resumed twice is resumed
      ApiClient.Answer resumed = api.post("/api/sites/shop/resume", "");
      assertThat(resumed.status()).isEqualTo(200);
      assertThat(resumed.json().path("paused").isNull()).isTrue();
    }
  }

  @Test
  void a_day_and_a_local_time_are_of_the_sites_zone() throws Exception {
    LocalDate day = LocalDate.now(ZoneId.of("Asia/Tokyo")).plusDays(40);
    Instant begin = day.atStartOfDay(ZoneId.of("Asia/Tokyo")).toInstant();
    assertThat(pause("forms", "{\"until\":\"" + day + "\"}").path("until").asText())
        .isEqualTo(begin.toString());
    assertThat(pause("forms", "{\"until\":\"" + day + " 06:30\"}").path("until").asText())
        .isEqualTo(begin.plus(Duration.ofMinutes(390)).toString());
    // a fire at the end of the pause is the first that is taken
    JsonNode tack = pause("tack", "{\"until\":\"" + day + "\"}");
    assertThat(site("tack").path("nextRun")).isEqualTo(tack.path("until"));
  }

  @Test
  void what_is_wrong_is_said_and_nothing_is_changed() throws Exception {
    refused("{\"until\":\"soon\"}", "'until' is an instant such as 2026-12-24T06:00:00Z, a day");
    refused("{\"until\":\"2026-02-30\"}", "in Asia/Tokyo");
    refused("{\"until\":\"2020-01-01\"}", "lies in the past: 2020-01-01 is 2019-12-31T15:00:00Z");
    refused("{\"until\":\"9999-01-01\"}", "at most 10 years ahead");
    refused("{\"until\":7}", "the member 'until' is a text");
    refused("{\"till\":\"2031-01-01\"}", "unknown member 'till'; allowed: [reason, until]");
    refused("{\"reason\":\"" + "x".repeat(201) + "\"}", "at most 200 characters");
    refused("[]", "the body is an object such as");
    refused("{", "the body is no JSON");
    for (String path : new String[] {"/api/sites/nix/pause", "/api/sites/nix/resume"}) {
      ApiClient.Answer unknown = api.post(path, "");
      assertThat(unknown.status()).isEqualTo(404);
      problem(unknown, "there is no such site");
    }
  }

  private static void refused(String body, String why) throws Exception {
    ApiClient.Answer answer = api.post("/api/sites/soon/pause", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    problem(answer, why);
    assertThat(site("soon").path("paused").isNull()).isTrue();
  }

  @Test
  void it_is_in_the_store_and_ends_by_itself() throws Exception {
    JsonNode paused = pause("kept", "{\"until\":\"" + Instant.now().plusSeconds(300) + "\"}");
    assertThat(
            product
                .jdbc()
                .queryForObject(
                    "select count(*) from site_pause where open_site = 'kept' and until_at > ?",
                    Integer.class,
                    OffsetDateTime.now()))
        .isOne();
    // the time passes
    product
        .jdbc()
        .update(
            "update site_pause set since = '2026-01-01', until_at = '2026-01-02' where site = 'kept'");
    assertThat(site("kept").path("paused").isNull()).isTrue();
    JsonNode next = pause("kept", "");
    assertThat(next.path("since").asText()).isGreaterThanOrEqualTo(paused.path("since").asText());
    assertThat(
            product
                .jdbc()
                .queryForObject(
                    "select count(*) from site_pause where site = 'kept' and ended_at = until_at",
                    Integer.class))
        .isOne();
  }
}
