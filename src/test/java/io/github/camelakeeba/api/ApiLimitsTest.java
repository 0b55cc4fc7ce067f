package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ApiLimitsTest {
  private static final String PAGE = "https://deploy.example.com";

  @TempDir Path folder;

  private RunningProduct product(String... properties) throws Exception {
    RunningProduct product = new RunningProduct(folder);
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
    product.site("shop", shop.url()).api();
    for (String property : properties) {
      product.property(property);
    }
    return product;
  }

  @Test
  void who_calls_too_often_gets_429_also_while_guessing_the_token_but_health_answers()
      throws Exception {
    try (RunningProduct product = product("backup.api.rate = 5").start()) {
      ApiClient api = new ApiClient(product);
      ApiClient.Answer answer = null;
      for (int i = 0; i < 30 && (answer == null || answer.status() == 401); i++) {
        answer = api.send(api.bare("/api/sites").header("Authorization", "Bearer guess" + i));
      }
      assertThat(answer.status()).isEqualTo(429);
      problem(answer, "more calls than backup.api.rate allows");
      assertThat(answer.response().headers().firstValue("Retry-After")).hasValue("1");
      for (int i = 0; i < 20; i++) {
        assertThat(api.send(api.bare("/observe/health")).status()).isEqualTo(200);
      }
      await()
          .atMost(Duration.ofSeconds(5))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> api.get("/api/sites").status() == 200);
    }
  }

  @Test
  void without_a_limit_everybody_is_answered() throws Exception {
    try (RunningProduct product = product("backup.api.rate = 0").start()) {
      ApiClient api = new ApiClient(product);
      for (int i = 0; i < 150; i++) {
        assertThat(api.send(api.bare("/api/sites")).status()).isEqualTo(401);
      }
    }
  }

  private static ApiClient.Answer preflight(ApiClient api, String origin) throws Exception {
    return api.send(
        api.bare("/api/backups")
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type"));
  }

  private static boolean invites(ApiClient.Answer answer) {
    HttpHeaders headers = answer.response().headers();
    return headers.map().keySet().stream()
        .anyMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
  }

  @Test
  void no_page_of_a_browser_may_call_by_default() throws Exception {
    try (RunningProduct product = product().start()) {
      ApiClient api = new ApiClient(product);
      assertThat(invites(preflight(api, PAGE))).isFalse();
      assertThat(preflight(api, PAGE).status()).isEqualTo(401);
      assertThat(invites(api.get("/api/sites", "Origin", PAGE))).isFalse();
    }
  }

  @Test
  void pages_of_a_listed_origin_may_call_and_others_may_not() throws Exception {
    try (RunningProduct product =
        product("backup.api.cors.origins = https://a.example.com:8443, " + PAGE).start()) {
      ApiClient api = new ApiClient(product);
      ApiClient.Answer allowed = preflight(api, PAGE);
      HttpHeaders headers = allowed.response().headers();
      assertThat(allowed.status()).isEqualTo(200);
      assertThat(headers.firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
      assertThat(headers.firstValue("Access-Control-Allow-Methods").orElse("")).contains("POST");
      assertThat(headers.firstValue("Access-Control-Allow-Headers").orElse(""))
          .containsIgnoringCase("authorization");
      assertThat(headers.firstValue("Access-Control-Allow-Credentials")).isEmpty();
      ApiClient.Answer called = api.get("/api/sites", "Origin", PAGE);
      assertThat(called.status()).isEqualTo(200);
      assertThat(called.response().headers().firstValue("Access-Control-Allow-Origin"))
          .hasValue(PAGE);
      assertThat(api.send(api.bare("/api/sites").header("Origin", PAGE)).status()).isEqualTo(401);
      for (String other :
          new String[] {
            "https://deployXexample.com",
            PAGE + ".evil.example",
            "null",
            "http://deploy.example.com"
          }) {
        assertThat(invites(preflight(api, other))).as(other).isFalse();
        assertThat(invites(api.get("/api/sites", "Origin", other))).as(other).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backup.api.cors.origins = * | backup.api.cors.origins: must list origins",
        "backup.api.cors.origins = https://a.example.com/path | backup.api.cors.origins: must list",
        "backup.api.rate = many | backup.api.rate: must be a whole number",
        "backup.api.rate = -1 | backup.api.rate: must be a whole number",
      })
  void a_wrong_key_stops_the_start_with_a_sentence(String property, String sentence)
      throws Exception {
    try (RunningProduct product = product(property)) {
      assertThatThrownBy(product::start)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(sentence);
    }
  }
}
