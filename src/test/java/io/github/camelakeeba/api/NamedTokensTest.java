package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.api.ApiClient.Answer;
import io.github.camelakeeba.api.OpenApiContract.Operation;
import io.github.camelakeeba.product.RunningProduct;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a token may, by its scope and its tags. */
@Tag("slow")
class NamedTokensTest {
  private static final String READER = "token-of-a-reader-0123456789";
  private static final String CI = "token-of-the-ci-0123456789";
  private static final String PARTNER = "token-of-a-partner-0123456789";
  private static final OpenApiContract CONTRACT = new OpenApiContract();

  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;
  private static String secretRun;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    product
        .site("shop", site("shop"), "tags: [customers]")
        .site("hidden-7q", site("hidden-7q"), "tags: [ours]")
        .site("hidden-off", site("hidden-off"), "enabled: false")
        .property("backup.api.tokens.reader.token = " + READER)
        .property("backup.api.tokens.ci.token = " + CI)
        .property("backup.api.tokens.ci.scope = start")
        .property("backup.api.tokens.partner.token = " + PARTNER)
        .property("backup.api.tokens.partner.scope = admin")
        .property("backup.api.tokens.partner.tags = customers")
        .api()
        .start();
    api = new ApiClient(product);
    secretRun = product.backup("hidden-7q").subject();
    product.backup("shop");
  }

  private static java.net.URI site(String name) {
    return product.server().joomla(name).secret(RunningProduct.SECRET).steps(2).url();
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static Answer call(String token, String method, String path, String body)
      throws Exception {
    return api.send(
        api.bare(path)
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body)));
  }

  private static String address(Operation one, String site, String run) {
    String path = one.path().replace("{site}", site).replace("{file}", "x");
    path = path.replace("{id}", one.path().contains("archives") ? "1" : run);
    return one.path().equals("/api/days") ? path + "?sites=" + site : path;
  }

  @Test
  void a_reader_reads_everything_and_changes_nothing() throws Exception {
    for (Operation one : CONTRACT.operations()) {
      if (one.path().equals("/api/events")) {
        continue; // does not end
      }
      Answer answer = call(READER, one.method(), address(one, "shop", secretRun), "");
      if (one.sends()) {
        assertThat(answer.status()).as(one.id()).isEqualTo(403);
        assertThat(answer.json().path("type").asText()).endsWith(":not-allowed");
      } else {
        assertThat(answer.status()).as(one.id()).isIn(200, 404);
      }
    }
    assertThat(call(READER, "GET", "/api/sites", "").json()).hasSize(3);
    assertThat(call(READER, "PUT", "/api/sites", "").status()).isEqualTo(403);
  }

  @Test
  void one_that_may_start_starts_and_stops_and_no_more() throws Exception {
    Answer started = call(CI, "POST", "/api/backups?wait=30s", "shop");
    assertThat(started.status()).isEqualTo(200);
    assertThat(started.json().at("/data/requestedBy").asText()).isEqualTo("ci");
    String run = started.json().path("subject").asText();
    assertThat(call(CI, "POST", "/api/runs/" + run + "/stop", "").status()).isEqualTo(409);
    assertThat(call(CI, "GET", "/api/status", "").status()).isEqualTo(200);
    Answer refused = call(CI, "POST", "/api/outbox/retry", "");
    assertThat(refused.status()).isEqualTo(403);
    problem(refused, "this call needs a token with the scope admin; the scope of yours is start");
  }

  @Test
  void sites_without_its_tags_are_not_there_for_a_token() throws Exception {
    Map<String, String> calls = new LinkedHashMap<>();
    for (Operation one : CONTRACT.operations()) {
      if (!one.sends() && !one.path().equals("/api/events")) {
        calls.put(one.method() + " " + address(one, "hidden-7q", secretRun), "");
        calls.put(one.method() + " " + one.path().replaceAll("\\{.*", ""), "");
      }
    }
    calls.put("GET /api/runs?site=hidden-7q", "");
    calls.put("GET /api/runs?site=shop&site=hidden-7q", "");
    calls.put("GET /api/runs?before=" + secretRun, "");
    calls.put("GET /api/days?sites=shop,hidden-7q", "");
    calls.put("GET /api/sites?q=hidden", "");
    calls.put("GET /api/sites?tag=ours", "");
    calls.put("GET /api/events?site=hidden-7q", "");
    calls.put("POST /api/backups", "hidden-7q");
    calls.put("POST /api/runs/" + secretRun + "/stop", "");
    calls.put("POST /api/sites/hidden-7q/pause", "{}");
    calls.put("POST /api/sites/hidden-7q/resume", "");
    calls.put("POST /api/sites/hidden-7q/proofs", "");

    for (Map.Entry<String, String> one : calls.entrySet()) {
      String[] line = one.getKey().split(" ");
      Answer answer = call(PARTNER, line[0], line[1], one.getValue());
      String text = answer.text().replace("there is no site 'hidden-7q' in", "");
      assertThat(text).as(one.getKey()).doesNotContain("hidden-7q", "hidden-off");
      if (line[1].contains("hidden-7q") || line[0].equals("POST")) {
        assertThat(answer.status()).as(one.getKey()).isIn(400, 404);
      }
    }
    assertThat(call(PARTNER, "GET", "/api/runs", "").text()).contains("shop");
    assertThat(call(PARTNER, "GET", "/api/runs?site=shop", "").json()).isNotEmpty();
  }

  @Test
  void whether_a_site_is_hidden_or_not_there_can_not_be_told() throws Exception {
    for (List<String> pair :
        List.of(
            List.of("GET", "/api/sites/%s"),
            List.of("GET", "/api/sites/%s/days"),
            List.of("GET", "/api/sites/%s/proofs"),
            List.of("GET", "/api/runs?site=%s"),
            List.of("POST", "/api/backups"))) {
      String hidden =
          call(PARTNER, pair.get(0), pair.get(1).formatted("hidden-off"), "hidden-off").text();
      String unknown = call(PARTNER, pair.get(0), pair.get(1).formatted("nix"), "nix").text();
      assertThat(hidden.replace("hidden-off", "nix")).isEqualTo(unknown).contains(":unknown-site");
    }
    assertThat(call(PARTNER, "GET", "/api/runs/" + secretRun, "").text())
        .isEqualTo(call(PARTNER, "GET", "/api/runs/nix", "").text());
  }

  @Test
  void what_concerns_all_sites_is_not_for_a_token_with_tags() throws Exception {
    for (String call : List.of("GET /api/outbox", "POST /api/outbox/retry")) {
      String[] line = call.split(" ");
      Answer answer = call(PARTNER, line[0], line[1], "");
      assertThat(answer.status()).isEqualTo(403);
      problem(answer, "this call concerns all sites; it needs a token without tags");
    }
  }

  @Test
  void whom_a_site_notifies_is_not_for_a_token_with_tags() throws Exception {
    String path = "/api/sites/shop";
    assertThat(call(READER, "GET", path, "").json().path("notifies").isArray()).isTrue();
    Answer answer = call(PARTNER, "GET", path, "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("notifies").isNull()).as(answer.text()).isTrue();
  }

  @Test
  void another_spelling_of_a_path_opens_nothing() throws Exception {
    for (String call :
        List.of(
            "GET /api/outbox/",
            "GET /API/outbox",
            "GET /api//outbox",
            "GET /api/outbox//",
            "GET /api/./outbox",
            "GET /api/%6futbox",
            "GET /api/outbox;a=b",
            "POST /api/outbox/retry/",
            "POST /api/Outbox/retry")) {
      String[] line = call.split(" ");
      assertThat(call(PARTNER, line[0], line[1], "").status()).as(call).isIn(400, 403, 404);
    }
    assertThat(call(READER, "GET", "/api/outbox/", "").status()).isEqualTo(200);
    assertThat(call(PARTNER, "GET", "/api/sites/", "").status()).isEqualTo(200);
  }

  @Test
  void a_hidden_site_is_no_place_in_another_order_either() throws Exception {
    String path = "/api/sites?sort=size&after=";
    assertThat(call(PARTNER, "GET", path + "shop", "").status()).isEqualTo(200);
    Answer hidden = call(PARTNER, "GET", path + "hidden-7q", "");
    assertThat(hidden.text()).isEqualTo(call(PARTNER, "GET", path + "nix", "").text());
    assertThat(hidden.status()).isEqualTo(400);
  }

  @Test
  void an_id_that_another_site_has_does_not_tell_which() throws Exception {
    String request = "{\"site\":\"%s\",\"id\":\"deploy-1\"}";
    call(CI, "POST", "/api/backups?wait=30s", request.formatted("hidden-7q"));
    Answer refused = call(PARTNER, "POST", "/api/backups", request.formatted("shop"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("another site").doesNotContain("hidden-7q");
  }
}
