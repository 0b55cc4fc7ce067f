package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One stream tells all changes, whoever makes them, to whom they concern. */
class EventStreamTest {
  private static final String READER = "reader-token-5678";

  @TempDir Path folder;
  private final CountDownLatch release = new CountDownLatch(1);
  private RunningProduct product;
  private SimulatedSite shop;
  private ApiClient api;

  @BeforeEach
  void start() throws Exception {
    product = new RunningProduct(folder);
    shop = site("shop");
    product
        .site("shop", shop.url(), "tags: [customers]")
        .site("blog", site("blog").url())
        .yaml("limits: {perHost: 9}\n")
        .property("backup.api.rate = 0")
        .property("backup.api.tokens.reader.token = " + READER)
        .property("backup.api.tokens.reader.tags = customers")
        .api()
        .start();
    api = new ApiClient(product);
  }

  private SimulatedSite site(String name) {
    return product.server().joomla(name).secret(RunningProduct.SECRET).steps(3);
  }

  @AfterEach
  void close() throws Exception {
    release.countDown();
    product.close();
  }

  private Follower follow(String query, String... headers) throws Exception {
    return new Follower(api.request("/api/events" + query, headers));
  }

  private String begin(String site) throws Exception {
    return api.post("/api/backups", site).json().path("id").asText();
  }

  @Test
  void progress_and_outcome_of_each_run_are_told_as_the_api_shows_them() throws Exception {
    shop.fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
    try (Follower all = follow("");
        Follower blog = follow("?site=blog")) {
      assertThat(all.first(one -> one.name().equals("summary")).json().path("sites").asInt())
          .isEqualTo(2);
      String run = begin("shop");
      Follower.Event progress =
          all.first(one -> one.name().equals("progress") && one.json().path("step").asInt() == 1);
      assertThat(progress.run()).isEqualTo(run);
      assertThat(progress.json()).isEqualTo(api.get("/api/runs/" + run).json());
      release.countDown();

      Follower.Event outcome = all.outcome(run);
      assertThat(outcome.json()).isEqualTo(api.get("/api/runs/" + run).json().path("outcome"));

      String other = begin("blog");
      blog.outcome(other);
      all.outcome(other);
      assertThat(blog.events()).allMatch(one -> !one.data().contains("\"shop\""));
    }
  }

  /** The first event of the site's standing in this state. */
  private static Follower.Event site(Follower follower, String site, String state) {
    return follower.first(
        one ->
            one.name().equals("site")
                && one.json().path("site").asText().equals(site)
                && one.json().path("state").asText().equals(state));
  }

  private JsonNode listed(String site) throws Exception {
    return StreamSupport.stream(api.get("/api/sites").json().spliterator(), false)
        .filter(one -> one.path("site").asText().equals(site))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void how_a_site_stands_is_told_whenever_that_changes_as_the_list_shows_it() throws Exception {
    shop.fault(Fault.on("stepBackup").nth(2).holdAnswer(release));
    HttpRequest.Builder request =
        api.bare("/api/events").header("Authorization", "Bearer " + READER);
    try (Follower all = follow("");
        Follower blog = follow("?site=blog");
        Follower reader = new Follower(request)) {
      String run = begin("shop");
      assertThat(site(all, "shop", "running").json().at("/run/id").asText()).isEqualTo(run);
      release.countDown();
      product.outcome(run);
      assertThat(site(all, "shop", "completed").json()).isEqualTo(listed("shop"));
      site(reader, "shop", "completed");

      api.post("/api/sites/blog/pause", "{\"reason\":\"server move\"}");
      assertThat(site(blog, "blog", "paused").json()).isEqualTo(listed("blog"));
      api.post("/api/sites/blog/resume", "");
      site(blog, "blog", "never");
      site(all, "blog", "never");

      assertThat(blog.events()).allMatch(one -> !one.data().contains("\"shop\""));
      assertThat(reader.events()).allMatch(one -> !one.data().contains("blog"));
    }
  }

  @Test
  void who_comes_back_is_told_what_it_missed_and_who_has_missed_too_much_that() throws Exception {
    String last;
    try (Follower first = follow("")) {
      last = first.outcome(begin("shop")).id();
    }
    String missed = begin("blog");
    product.outcome(missed);

    try (Follower again = follow("", "Last-Event-ID", last)) {
      assertThat(again.outcome(missed).json().at("/data/state").asText()).isEqualTo("completed");
      assertThat(again.events()).extracting(Follower.Event::name).doesNotContain("reset");
    }
    try (Follower stranger = follow("", "Last-Event-ID", "4c1d08ce-17")) {
      stranger.first(one -> one.name().equals("reset"));
    }
  }

  @Test
  void a_caller_with_tags_is_told_of_its_sites_only() throws Exception {
    HttpRequest.Builder request =
        api.bare("/api/events").header("Authorization", "Bearer " + READER);
    try (Follower reader = new Follower(request)) {
      product.outcome(begin("blog"));
      reader.outcome(begin("shop"));

      assertThat(reader.events()).allMatch(one -> !one.data().contains("blog"));
    }
    assertThat(
            api.send(api.bare("/api/events?site=blog").header("Authorization", "Bearer " + READER))
                .status())
        .isEqualTo(404);
    assertThat(api.get("/api/events?site=nix").status()).isEqualTo(404);
  }

  @Test
  void what_another_node_does_is_told_here() throws Exception {
    OffsetDateTime now = OffsetDateTime.now();
    try (Follower here = follow("")) {
      product
          .jdbc()
          .update("insert into node (id, alive_until) values ('other', ?)", now.plusHours(1));
      product
          .jdbc()
          .update(
              """
              insert into run (id, site, active_site, host, state, trigger_kind, profile,
                description, comment_text, overrides, due_at, queued_at, started_at, owner, claim,
                progress)
              values ('theirs', 'blog', 'blog', 'web7', 'running', 'schedule', 1, '', '', '{}', ?,
                ?, ?, 'other', 1, 30)
              """,
              now,
              now,
              now);
      here.first(one -> one.run().equals("theirs") && one.data().contains("\"progress\":30"));

      product.jdbc().update("update run set progress = 60, steps = 7 where id = 'theirs'");

      here.first(one -> one.run().equals("theirs") && one.data().contains("\"progress\":60"));
    }
  }

  @Test
  void a_stream_ends_with_the_session_that_it_was_opened_with() throws Exception {
    Browser browser = new Browser(product);
    browser.signIn(RunningProduct.TOKEN);
    Browser other = new Browser(product);
    other.signIn(RunningProduct.TOKEN);
    try (Follower follower =
            new Follower(api.bare("/api/events").header("Cookie", browser.cookie()));
        Follower others = new Follower(api.bare("/api/events").header("Cookie", other.cookie()))) {
      follower.first(one -> one.name().equals("summary"));

      assertThat(browser.send("DELETE", "/ui/session", "").status()).isEqualTo(204);

      await().atMost(RunningProduct.PATIENCE).until(follower::ended);
      assertThat(others.ended()).isFalse();
    }
  }

  @Test
  void streams_are_bounded_and_end_when_the_service_stops() throws Exception {
    List<Follower> followers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      followers.add(follow(""));
    }
    ApiClient.Answer refused = api.get("/api/events");
    assertThat(refused.status()).isEqualTo(503);
    problem(refused, "50 streams are open already");

    product.stop();

    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> followers.stream().allMatch(Follower::ended));
    product.start();
  }
}
