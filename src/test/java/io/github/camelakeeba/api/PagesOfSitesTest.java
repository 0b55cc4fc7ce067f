package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.product.RunningProduct;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesOfSitesTest {
  private static final List<String> CONFIGURED = List.of("shop", "blog", "Zoo", "wiki-2", "wiki.1");
  private static final List<String> BY_NAME = List.of("Zoo", "blog", "shop", "wiki-2", "wiki.1");

  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).api();
    for (String name : CONFIGURED) {
      product.site(name, URI.create("http://127.0.0.1:9/" + name));
    }
    product.property("backup.api.cors.origins = https://wall.example.com").start();
    api = new ApiClient(product);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  @BeforeEach
  void forgetDays() {
    product.jdbc().update("delete from site_day");
  }

  private static List<String> names(ApiClient.Answer page) {
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    page.json().forEach(site -> names.add(site.path("site").asText()));
    return names;
  }

  private static String header(ApiClient.Answer page, String name) {
    return page.response().headers().firstValue(name).orElse(null);
  }

  @Test
  void without_parameters_all_come_in_the_order_of_the_configuration() throws Exception {
    ApiClient.Answer all = api.get("/api/sites");
    assertThat(names(all)).isEqualTo(CONFIGURED);
    assertThat(header(all, "X-Total-Count")).isEqualTo("5");
    assertThat(header(all, "Link")).isNull();
    assertThat(header(all, "Retry-After")).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 1000})
  void whoever_follows_the_links_sees_each_site_once_by_name(int limit) throws Exception {
    List<String> seen = new ArrayList<>();
    String next = "/api/sites?limit=" + limit;
    while (next != null) {
      ApiClient.Answer page = api.get(next);
      assertThat(header(page, "X-Total-Count")).isEqualTo("5");
      assertThat(names(page)).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
      seen.addAll(names(page));
      String link = header(page, "Link");
      next = link == null ? null : link.replaceFirst("^<(.+)>; rel=\"next\"$", "$1");
    }
    assertThat(seen).isEqualTo(BY_NAME);
  }

  @Test
  void after_is_exclusive_and_needs_no_site_of_that_name() throws Exception {
    assertThat(names(api.get("/api/sites?after=blog"))).containsExactly("shop", "wiki-2", "wiki.1");
    assertThat(names(api.get("/api/sites?after=gone&limit=1"))).containsExactly("shop");
    ApiClient.Answer end = api.get("/api/sites?after=wiki.1&limit=2");
    assertThat(names(end)).isEmpty();
    assertThat(header(end, "Link")).isNull();
    // an empty parameter is as good as none
    assertThat(names(api.get("/api/sites?after=&limit="))).isEqualTo(CONFIGURED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0 | the parameter 'limit' is a whole number from 1 to 1000",
        "limit=1001 | the parameter 'limit' is a whole number from 1 to 1000",
        "limit=ten | the parameter 'limit' is a whole number from 1 to 1000",
        "limit=1&limit=2 | the parameter 'limit' is given once",
        "after=a%20b | the parameter 'after' is the name of a site",
        "after=a&after=b | the parameter 'after' is given once"
      })
  void a_wrong_parameter_is_named(String query, String sentence) throws Exception {
    ApiClient.Answer answer = api.get("/api/sites?" + query);
    assertThat(answer.status()).isEqualTo(400);
    problem(answer, sentence);
  }

  @Test
  void a_page_of_an_allowed_origin_may_read_where_the_next_page_is() throws Exception {
    ApiClient.Answer page = api.get("/api/sites?limit=1", "Origin", "https://wall.example.com");
    assertThat(header(page, "Access-Control-Expose-Headers")).contains("Link", "X-Total-Count");
  }

  private static void day(String site, LocalDate day, String worst, String column) {
    product
        .jdbc()
        .update(
            "insert into site_day (site, utc_day, worst, "
                + column
                + ", size, duration_ms)"
                + " values (?, ?, ?, 2, 7, 1500)",
            site,
            day,
            worst);
  }

  @Test
  void the_days_of_sites_come_from_the_first_one_on() throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    day("shop", today.minusDays(1), "failed", "failed");
    day("shop", today.minusDays(40), "missed", "missed");
    day("shop", today.minusDays(400), "completed", "completed");
    day("blog", today.minusDays(2), "warning", "warning");

    JsonNode year = api.get("/api/sites/shop/days").json();
    assertThat(year).hasSize(2);
    assertThat(year.get(0).toString())
        .isEqualTo(
            "{\"site\":\"shop\",\"day\":\"%s\",\"worst\":\"missed\",\"completed\":0,\"warning\":0,"
                    .formatted(today.minusDays(40))
                + "\"failed\":0,\"missed\":2,\"size\":7,\"durationMs\":1500,\"letter\":\"m\"}");
    assertThat(api.get("/api/sites/shop/days?from=" + today.minusDays(400)).json()).hasSize(3);
    assertThat(api.get("/api/sites/shop/days?from=" + today).json()).isEmpty();

    JsonNode month = api.get("/api/days?sites=shop,blog").json();
    assertThat(month.findValuesAsText("site")).containsExactly("blog", "shop");
    assertThat(api.get("/api/days?sites=shop&sites=blog&from=" + today.minusDays(1)).json())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/sites/nix/days | 404 | there is no such site",
        "/api/sites/shop/days?from=29.11.2026 | 400 | the parameter 'from' is a day such as",
        "/api/days | 400 | the parameter 'sites' holds the names of 1 to 100 sites",
        "/api/days?sites=, | 400 | the parameter 'sites' holds the names of 1 to 100 sites",
        "/api/days?sites=shop,nix | 404 | there is no such site"
      })
  void days_that_nobody_can_have_are_refused(String path, int status, String sentence)
      throws Exception {
    ApiClient.Answer answer = api.get(path);
    assertThat(answer.status()).isEqualTo(status);
    problem(answer, sentence);
  }
}
