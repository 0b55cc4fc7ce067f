package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.proof.ScriptedTester;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restore tests are asked for, and their records are read page by page. */
class ProofsByApiTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
    product.site(
        "shop",
        shop.url(),
        "restoreTest: {every: never, database: \"jdbc:mariadb://db.example.com:3306/\"}");
    product.site("blog", shop.url());
    api = new ApiClient(product.api().start());
    ScriptedTester.of(product);
    product.backup("shop");
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static JsonNode ask(String body) throws Exception {
    ApiClient.Answer answer = api.post("/api/sites/shop/proofs", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json();
  }

  private static JsonNode ended(JsonNode asked) {
    return await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () -> api.get("/api/sites/shop/proofs").json().path(0),
            newest ->
                newest.path("id").equals(asked.path("id")) && !newest.path("verdict").isNull());
  }

  private static String header(ApiClient.Answer answer, String name) {
    return answer.response().headers().firstValue(name).orElse(null);
  }

  @Test
  void a_record_says_when_which_archive_what_was_counted_and_where() throws Exception {
    JsonNode asked = ask("");
    assertThat(asked.path("verdict").isNull()).isTrue();
    assertThat(asked.path("requestedBy").asText()).isEqualTo("api");
    JsonNode record = ended(asked);

    assertThat(record.path("verdict").asText()).isEqualTo("proved");
    assertThat(record.path("archive").asText()).endsWith(".jpa");
    assertThat(record.path("sha256").asText()).isEqualTo("a".repeat(64));
    assertThat(record.path("server").asText()).isEqualTo("11.4.5-MariaDB");
    assertThat(record.path("rows").asLong()).isEqualTo(3_119);
    assertThat(record.at("/counts/0/table").asText()).isEqualTo("#__content");
    assertThat(record.at("/counts/0/rows").asLong()).isEqualTo(3_000);
    assertThat(record.path("checkedAt").asText()).isNotEmpty();
    JsonNode site = api.get("/api/sites/shop").json().path("proof");
    assertThat(site.path("provedAt").asText()).isEqualTo(record.path("checkedAt").asText());
    assertThat(site.path("tables").asInt()).isEqualTo(2);
    assertThat(api.get("/api/sites/blog").json().path("proof").isNull()).isTrue();
    assertThat(api.get("/api/sites?proof=proved").json().findValuesAsText("site"))
        .containsExactly("shop");
    assertThat(api.get("/api/sites?proof=unproved,overdue,never").json()).isEmpty();
    assertThat(api.get("/observe/metrics").text())
        .containsPattern("backup_site_last_proved_timestamp_seconds\\{site=\"shop\"[^}]*} [1-9]")
        .doesNotContain("backup_site_last_proved_timestamp_seconds{site=\"blog\"");
  }

  @Test
  void whoever_follows_the_links_sees_each_record_once_and_who_has_a_page_gets_304()
      throws Exception {
    for (int i = 0; i < 3; i++) {
      ended(ask("{\"id\":null}"));
    }
    List<String> seen = new ArrayList<>();
    String next = "/api/sites/shop/proofs?limit=2";
    while (next != null) {
      ApiClient.Answer page = api.get(next);
      assertThat(page.json().size()).isBetween(1, 2);
      page.json().forEach(one -> seen.add(one.path("id").asText()));
      String link = header(page, "Link");
      next = link == null ? null : link.replaceFirst("^<(.+)>; rel=\"next\"$", "$1");
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    String tag = header(api.get("/api/sites/shop/proofs"), "ETag");
    assertThat(api.get("/api/sites/shop/proofs", "If-None-Match", tag).status()).isEqualTo(304);
  }

  @Test
  void what_is_wrong_is_refused_with_a_sentence() throws Exception {
    ApiClient.Answer unset = api.post("/api/sites/blog/proofs", "");
    assertThat(unset.status()).isEqualTo(400);
    problem(unset, "blog has no 'restoreTest'");
    assertThat(api.post("/api/sites/nix/proofs", "").status()).isEqualTo(404);
    assertThat(api.get("/api/sites/nix/proofs").status()).isEqualTo(404);
    assertThat(api.post("/api/sites/shop/proofs", "{\"di\":1}").status()).isEqualTo(400);
    assertThat(api.post("/api/sites/shop/proofs", "{\"id\":\"a b\"}").status()).isEqualTo(400);
    ApiClient.Answer missing = api.post("/api/sites/shop/proofs", "{\"id\":4711}");
    assertThat(missing.status()).isEqualTo(400);
    problem(missing, "there is no backup '4711' of shop");
    assertThat(api.get("/api/sites/shop/proofs?after=nix").status()).isEqualTo(400);
  }
}
