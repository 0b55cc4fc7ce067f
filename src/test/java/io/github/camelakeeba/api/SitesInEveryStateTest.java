package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A site in each state; nothing runs, what has happened is written into the store. */
class SitesInEveryStateTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).api();
    site("good", "tags: [client-a]", "schedule: \"0 0 3 * * ?\"", "zone: Europe/Berlin");
    site("failing", "title: Our Blog", "tags: [client-a, big]");
    site("warned", "tags: [client-b]");
    site("late", "overdueAfter: 1d", "tags: [big]");
    site("new");
    site("busy", "tags: [client-b]");
    site("off", "enabled: false");
    product
        .yaml(
            """
            channels:
              ops: {type: ntfy, url: "http://127.0.0.1:9/ops"}
              hook: {type: webhook, url: "http://127.0.0.1:9/hook"}
            notify:
              - {on: [recovered, failed], to: [ops], after: 5}
              - {on: missed, sites: "goo*", to: [hook, ops]}
              - {on: completed, tags: big, to: hook}
            """)
        .start();
    api = new ApiClient(product);
    ended("good", "completed", 30, 5_000_000L, 60_000L);
    ended("failing", "completed", 50, 900L, 1_000L);
    run("failing-2", "failing", "failed", 20);
    product
        .jdbc()
        .update(
            "update run set error_kind = 'unreachable', error_message = 'No answer\n<b>came</b>.'"
                + " where id = 'failing-2'");
    change(
        "failing",
        "failures = 2, failed_at = ?, failed_run = 'failing-2', last_run = 'failing-2',"
            + " last_state = 'failed', last_ended_at = ?",
        hoursAgo(20),
        hoursAgo(20));
    ended("warned", "warning", 10, 70L, 2_000L);
    ended("late", "completed", 100, 8_000L, 3_000L);
    change("late", "missed_at = ?", hoursAgo(1));
    ended("off", "completed", 1_000, 6_000L, 4_000L);
    ended("busy", "completed", 20, 60_000_000L, 90_000L);
    run("busy-1", "busy", "queued", 0);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static void site(String name, String... lines) {
    product.site(name, URI.create("http://127.0.0.1:9/" + name), lines);
  }

  private static OffsetDateTime hoursAgo(int hours) {
    return NOW.minus(hours, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC);
  }

  /** As what ends a run and the watchdog do it. */
  private static void change(String site, String values, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.add(site);
    product
        .jdbc()
        .update(
            "update standing set "
                + values
                + ", change = nextval('standing_change') where site = ?",
            all.toArray());
  }

  private static void ended(String site, String state, int hoursAgo, long size, long millis) {
    product
        .jdbc()
        .update(
            "insert into standing (site, watched, entered_at, first_day) values (?, false, ?, ?)"
                + " on conflict do nothing",
            site,
            hoursAgo(2_000),
            TODAY.minusDays(20));
    change(
        site,
        "entered_at = ?, first_day = ?, last_good_at = ?, last_good_size = ?, last_good_ms = ?, last_run = ?,"
            + " last_state = ?, last_ended_at = ?",
        hoursAgo(2_000),
        TODAY.minusDays(20),
        hoursAgo(hoursAgo),
        size,
        millis,
        site + "-1",
        state,
        hoursAgo(hoursAgo));
  }

  private static void run(String id, String site, String state, int hoursAgo) {
    product
        .jdbc()
        .update(
            "insert into run (id, site, host, state, trigger_kind, profile, description,"
                + " comment_text, overrides, due_at, queued_at, ended_at)"
                + " values (?, ?, 'h', ?, 'api', 1, '', '', '{}', ?, ?, ?)",
            id,
            site,
            state,
            hoursAgo(-100),
            hoursAgo(hoursAgo),
            state.equals("queued") ? null : hoursAgo(hoursAgo));
  }

  private static List<String> names(String query) throws Exception {
    ApiClient.Answer answer = api.get("/api/sites?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    answer.json().forEach(site -> names.add(site.path("site").asText()));
    assertThat(answer.response().headers().firstValue("X-Total-Count"))
        .hasValue(String.valueOf(names.size()));
    return names;
  }

  private static JsonNode listed(String name) throws Exception {
    JsonNode list = api.get("/api/sites?q=" + name).json();
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=completed | good,off",
        "state=failed | failing",
        "state=warning | warned",
        "state=missed | late",
        "state=never | new",
        "state=running | busy",
        "state=paused | ''",
        "state=failed,missed | failing,late",
        "state=failed&state=missed | failing,late",
        "tag=client-a | failing,good",
        "tag=client-b,big | busy,failing,late,warned",
        "tag=nobody | ''",
        "q=OUR%20BLO | failing",
        "q=client-B | busy,warned",
        "q=a | failing,good,late,warned",
        "state=failed,completed&tag=client-a&q=goo | good",
        "sort=name | busy,failing,good,late,new,off,warned",
        "sort=-name | warned,off,new,late,good,failing,busy",
        "sort=state | late,failing,warned,new,busy,good,off",
        "sort=lastGood | new,off,late,failing,good,busy,warned",
        "sort=-lastGood | warned,busy,good,failing,late,off,new",
        "sort=size | warned,failing,off,late,good,busy,new",
        "sort=-size | busy,good,late,off,failing,warned,new",
        "sort=duration | failing,warned,late,off,good,busy,new",
        "sort=-duration | busy,good,off,late,warned,failing,new",
        "sort=nextRun | good,busy,failing,late,new,off,warned",
        "sort=-nextRun | good,busy,failing,late,new,off,warned",
      })
  void the_list_is_filtered_and_sorted(String query, String expected) throws Exception {
    List<String> wanted = expected.isEmpty() ? List.of() : List.of(expected.split(","));
    if (query.contains("sort")) {
      assertThat(names(query)).containsExactlyElementsOf(wanted);
    } else {
      assertThat(names(query)).containsExactlyElementsOf(wanted.stream().sorted().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=lastGood",
        "sort=-size",
        "sort=state",
        "sort=nextRun",
        "tag=client-a,client-b&sort=-name",
        "q=a&state=completed,failed,warning&tag=client-a"
      })
  void whoever_follows_the_links_keeps_filter_and_order(String query) throws Exception {
    List<String> seen = new ArrayList<>();
    String next = "/api/sites?limit=2&" + query;
    while (next != null) {
      ApiClient.Answer page = api.get(next);
      page.json().forEach(site -> seen.add(site.path("site").asText()));
      next =
          page.response()
              .headers()
              .firstValue("Link")
              .map(link -> link.replaceFirst("^<(.+)>; rel=\"next\"$", "$1"))
              .orElse(null);
    }
    assertThat(seen).isEqualTo(names(query));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=broken | the parameter 'state' is one or several of missed, failed, warning, paused, never, running, completed, separated by commas",
        "sort=age | the parameter 'sort' is one of name, -name, state, lastGood, -lastGood, size, -size, duration, -duration, nextRun, -nextRun",
        "sort=name&sort=size | the parameter 'sort' is given once",
        "sort=size&after=gone | the parameter 'after' is the name of a site",
        "q=a&q=b | the parameter 'q' is given once"
      })
  void a_wrong_parameter_is_named_with_what_is_allowed(String query, String sentence)
      throws Exception {
    ApiClient.Answer answer = api.get("/api/sites?" + query);
    assertThat(answer.status()).isEqualTo(400);
    problem(answer, sentence);
    assertThat(api.get("/api/sites?q=" + "x".repeat(101)).status()).isEqualTo(400);
  }

  @Test
  void hostile_text_to_search_for_is_text() throws Exception {
    for (String text : List.of("' or 1=1 --", "%", "\\", ".*", "\"><script>", "\u0000")) {
      assertThat(names("q=" + URLEncoder.encode(text, StandardCharsets.UTF_8))).isEmpty();
      assertThat(names("tag=" + URLEncoder.encode(text, StandardCharsets.UTF_8))).isEmpty();
    }
  }

  @Test
  void a_site_in_a_list_says_how_it_stands_and_leaves_out_what_says_nothing() throws Exception {
    JsonNode good = listed("good");
    assertThat(good.path("state").asText()).isEqualTo("completed");
    assertThat(good.path("scheduleInWords").asText()).isEqualTo("at 03:00 every day");
    assertThat(good.path("size").asLong()).isEqualTo(5_000_000);
    assertThat(good.path("durationMs").asLong()).isEqualTo(60_000);
    for (String none : List.of("paused", "reason", "advice", "run", "failures", "overdue")) {
      assertThat(good.has(none)).as(none).isFalse();
    }

    JsonNode alone = api.get("/api/sites/good").json();
    assertThat(alone.path("usualDurationMs").asLong()).isEqualTo(60_000);
    for (String none : List.of("paused", "reason", "advice")) {
      assertThat(alone.has(none) && alone.path(none).isNull()).as(none).isTrue();
    }

    JsonNode busy = listed("busy");
    assertThat(busy.path("state").asText()).isEqualTo("running");
    assertThat(busy.path("run").path("stepText").isTextual()).isTrue();

    JsonNode failing = listed("failing");
    assertThat(failing.path("reason").asText()).isEqualTo("No answer <b>came</b>.");
    assertThat(failing.path("advice").asText()).startsWith("Open the site in a browser.");
    JsonNode late = listed("late");
    assertThat(late.path("reason").asText()).isEqualTo("No good backup of late for 4 d 4 h.");
    assertThat(late.path("advice").asText()).contains("\"test late\"");
    assertThat(late.path("overdue").asBoolean()).isTrue();

    JsonNode unknown = listed("new");
    for (String none : List.of("lastGood", "run", "size", "durationMs")) {
      assertThat(unknown.has(none)).as(none).isFalse();
    }
  }

  @Test
  void a_site_alone_says_who_hears_of_it() throws Exception {
    assertThat(api.get("/api/sites/good").json().path("shrunk").asInt(-1)).isEqualTo(50);
    assertThat(api.get("/api/sites/good").json().path("notifies").toString())
        .isEqualTo(
            "[{\"channel\":\"ops\",\"type\":\"ntfy\",\"on\":[\"failed\",\"missed\",\"recovered\"]},"
                + "{\"channel\":\"hook\",\"type\":\"webhook\",\"on\":[\"missed\"]}]");
    assertThat(api.get("/api/sites/warned").json().path("notifies").findValuesAsText("channel"))
        .containsExactly("ops");
    assertThat(listed("good").has("notifies")).isFalse();
  }

  @Test
  void a_strip_has_a_letter_a_day() throws Exception {
    day("good", 0, "failed");
    day("good", 3, "missed");
    day("good", 4, "completed");
    day("good", 5, "warning");
    day("good", 29, "completed"); // of a site that was taken out and came again
    day("busy", 0, "completed");
    change("good", "failures = 0");
    change("busy", "failures = 0");
    try {
      String strip = listed("good").path("strip").asText();
      assertThat(strip).isEqualTo("c........---------------wcm--f");
      assertThat(listed("busy").path("strip").asText()).endsWith("---r").hasSize(30);
      assertThat(listed("new").path("strip").asText()).isEqualTo(".".repeat(29) + "-");

      JsonNode days = api.get("/api/sites/good/days?each=true&from=" + TODAY.minusDays(29)).json();
      assertThat(String.join("", days.findValuesAsText("letter"))).isEqualTo(strip);
      assertThat(days.get(26).path("worst").asText()).isEqualTo("missed");
      assertThat(days.get(27).path("worst").isNull()).isTrue();
      JsonNode known = api.get("/api/sites/good/days").json();
      assertThat(String.join("", known.findValuesAsText("letter"))).isEqualTo("cwcmf");
      assertThat(api.get("/api/days?sites=busy").json().findValuesAsText("letter"))
          .containsExactly("r");
      assertThat(api.get("/api/sites/good/days?each=true").json()).hasSize(365);
    } finally {
      product.jdbc().update("delete from site_day");
      change("good", "failures = 0");
      change("busy", "failures = 0");
    }
  }

  private static void day(String site, int daysAgo, String worst) {
    product
        .jdbc()
        .update(
            "insert into site_day (site, utc_day, worst) values (?, ?, ?)",
            site,
            TODAY.minusDays(daysAgo),
            worst);
  }

  @Test
  void each_day_is_told_of_three_years_at_most() throws Exception {
    ApiClient.Answer answer = api.get("/api/sites/good/days?each=true&from=2001-01-01");
    assertThat(answer.status()).isEqualTo(400);
    problem(answer, "with each=true the parameter 'from' is at most 999 days before today");
    assertThat(api.get("/api/sites/good/days?from=2001-01-01").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/sites", "/api/sites?limit=2", "/api/summary", "/api/sites/good"})
  void who_has_an_answer_already_gets_it_once(String path) throws Exception {
    ApiClient.Answer first = api.get(path);
    String tag = first.response().headers().firstValue("ETag").orElseThrow();
    assertThat(tag).startsWith("W/\"");

    ApiClient.Answer again = api.get(path, "If-None-Match", "\"other\", " + tag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.response().body()).isEmpty();
    assertThat(again.response().headers().firstValue("ETag")).hasValue(tag);

    change("good", "last_good_size = last_good_size + 1");
    try {
      ApiClient.Answer changed = api.get(path, "If-None-Match", tag);
      if (path.endsWith("good") || path.equals("/api/sites")) {
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.response().headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
      }
    } finally {
      change("good", "last_good_size = last_good_size - 1");
    }
  }

  @Test
  void who_takes_it_compressed_gets_the_same_compressed() throws Exception {
    ApiClient.Answer plain = api.get("/api/sites?sort=size");
    assertThat(plain.response().headers().firstValue("Content-Encoding")).isEmpty();
    for (String wanted : List.of("gzip", "br;q=1.0, gzip;q=0.8, *;q=0.1")) {
      ApiClient.Answer packed = api.get("/api/sites?sort=size", "Accept-Encoding", wanted);
      assertThat(packed.response().headers().firstValue("Content-Encoding")).hasValue("gzip");
      assertThat(packed.response().headers().firstValue("Vary")).hasValue("Accept-Encoding");
      assertThat(packed.response().headers().firstValue("ETag"))
          .isEqualTo(plain.response().headers().firstValue("ETag"));
      byte[] body = packed.response().body();
      assertThat(body.length).isLessThan(plain.response().body().length / 2);
      assertThat(
              new ObjectMapper()
                  .readTree(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes()))
          .isEqualTo(plain.json());
    }
    for (String refused : List.of("br", "gzip;q=0", "identity")) {
      assertThat(
              api.get("/api/sites?sort=size", "Accept-Encoding", refused)
                  .response()
                  .headers()
                  .firstValue("Content-Encoding"))
          .isEmpty();
    }
  }

  @Test
  void the_summary_says_what_needs_a_person() throws Exception {
    JsonNode summary = api.get("/api/summary").json();

    assertThat(summary.path("sentence").asText()).isEqualTo("2 of 7 sites need you.");
    assertThat(summary.path("level").asText()).isEqualTo("failed");
    assertThat(summary.path("sites").asInt()).isEqualTo(7);
    assertThat(summary.path("states").toString())
        .isEqualTo(
            "{\"missed\":1,\"failed\":1,\"warning\":1,\"paused\":0,\"never\":1,\"running\":1,\"completed\":3}");
    assertThat(summary.path("oldestGood").path("site").asText()).isEqualTo("late");
    assertThat(summary.path("nextRun").path("site").asText()).isEqualTo("good");
    assertThat(summary.path("tags").toString()).isEqualTo("[\"big\",\"client-a\",\"client-b\"]");
    assertThat(summary.path("demo").asBoolean()).isFalse();
    assertThat(summary.path("caller").toString())
        .isEqualTo("{\"name\":\"api\",\"scope\":\"admin\"}");
    JsonNode needs = summary.path("needsYou");
    assertThat(needs.path("count").asInt()).isEqualTo(2);
    assertThat(needs.path("sites").findValuesAsText("site")).containsExactly("late", "failing");
    assertThat(needs.path("sites").get(1).path("run").asText()).isEqualTo("failing-2");
    assertThat(needs.path("sites").get(1).path("title").asText()).isEqualTo("Our Blog");
    assertThat(Instant.parse(needs.path("sites").get(1).path("since").asText()))
        .isEqualTo(hoursAgo(20).toInstant());
    assertThat(needs.path("parked").asInt()).isZero();
    JsonNode running = summary.path("running");
    assertThat(running).hasSize(1);
    assertThat(running.get(0).path("id").asText()).isEqualTo("busy-1");
    assertThat(running.get(0).path("usualDurationMs").asLong()).isEqualTo(90_000);
    assertThat(running.get(0).path("waitsFor").isNull()).isTrue();
  }
}
