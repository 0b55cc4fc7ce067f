package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.api.ApiClient.Answer;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser trades a token for a session, and what the session is good for. */
@Tag("slow")
class SignInTest {
  private static final String WALL = "token-of-the-wall-0123456789";

  @TempDir static Path folder;
  private static RunningProduct product;
  private Browser browser;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product
        .site("shop", shop.url(), "tags: [customers]")
        .property("backup.api.tokens.wall.token = " + WALL)
        .property("backup.api.tokens.wall.tags = customers, partners")
        .property("backup.api.cors.origins = https://deploy.example.com")
        .api()
        .start();
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  @BeforeEach
  void open() {
    browser = new Browser(product);
  }

  @Test
  void a_session_says_who_it_is_reads_changes_and_ends() throws Exception {
    assertThat(browser.get("/ui/session").status()).isEqualTo(401);
    assertThat(browser.get("/api/sites").status()).isEqualTo(401);

    Answer signedIn = browser.signIn(RunningProduct.TOKEN);

    assertThat(signedIn.status()).isEqualTo(200);
    assertThat(signedIn.json()).hasToString("{\"name\":\"api\",\"scope\":\"admin\",\"tags\":[]}");
    assertThat(browser.get("/ui/session").text()).isEqualTo(signedIn.text());
    assertThat(browser.get("/api/sites").json()).hasSize(1);
    assertThat(browser.send("POST", "/api/outbox/retry", "").status()).isEqualTo(200);
    Answer signedOut = browser.send("DELETE", "/ui/session", "");
    assertThat(signedOut.status()).isEqualTo(204);
    assertThat(signedOut.response().headers().firstValue("Set-Cookie").orElse(""))
        .contains("=; ", "Expires=Thu, 01 Jan 1970");
    assertThat(browser.get("/api/sites").status()).isEqualTo(401);
  }

  @Test
  void a_session_has_the_name_the_scope_and_the_tags_of_its_token() throws Exception {
    assertThat(browser.signIn(WALL).text())
        .isEqualTo("{\"name\":\"wall\",\"scope\":\"read\",\"tags\":[\"customers\",\"partners\"]}");
    assertThat(browser.get("/api/sites").status()).isEqualTo(200);
    Answer refused = browser.send("POST", "/api/backups", "shop");
    assertThat(refused.status()).isEqualTo(403);
    problem(refused, "this call needs a token with the scope start; the scope of yours is read");
  }

  @Test
  void no_script_and_no_other_page_gets_at_the_cookie() throws Exception {
    String set = browser.signIn(WALL).response().headers().firstValue("Set-Cookie").orElseThrow();

    assertThat(set)
        .matches("backup-session-\\d+=[A-Za-z0-9_-]{43};.*")
        .contains("; Path=/", "; Max-Age=43200", "; HttpOnly", "; SameSite=Strict")
        .doesNotContain("Domain", "Secure", WALL);
  }

  @Test
  void a_browser_with_tls_gets_a_cookie_for_tls_only_also_behind_a_proxy() throws Exception {
    String host = product.service().apiAddress().getAuthority();
    Answer answer =
        browser.send(
            "POST", "/ui/session", "{\"token\":\"" + WALL + "\"}", "Origin", "https://" + host);

    assertThat(answer.response().headers().firstValue("Set-Cookie").orElse(""))
        .startsWith("__Host-backup-session-")
        .contains("; Secure");
  }

  @Test
  void who_signs_in_again_gets_another_session_and_the_old_one_is_over() throws Exception {
    browser.signIn(WALL);
    Browser former = new Browser(product);
    String old = browser.cookie();
    browser.signIn(WALL);

    assertThat(browser.cookie()).isNotEqualTo(old);
    assertThat(browser.get("/api/sites").status()).isEqualTo(200);
    assertThat(former.send("GET", "/api/sites", "", "Cookie", old).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token", "[]", "{}", "{\"token\":7}", "{\"token\":", "\"x\""})
  void a_body_without_a_token_is_400(String body) throws Exception {
    Answer answer = browser.send("POST", "/ui/session", body);

    assertThat(answer.status()).isEqualTo(400);
    problem(answer, "send a JSON object with the token");
    assertThat(answer.response().headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void a_wrong_token_is_401_and_is_not_repeated() throws Exception {
    Answer answer = browser.signIn("no-such-token-0123456789");

    assertThat(answer.status()).isEqualTo(401);
    problem(answer, "this is no token of this service");
    assertThat(answer.text()).doesNotContain("no-such-token");
    assertThat(browser.cookie()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example, ",
    "null, ",
    "http://127.0.0.1:1, ",
    "http://localhost, ",
    "https://deploy.example.com, ",
    ", cross-site",
    ", same-site",
    ", none",
    "OURS, cross-site",
    ", ",
  })
  @Tag("fault")
  void nobody_is_signed_in_or_out_and_nothing_changed_by_another_page(String origin, String site)
      throws Exception {
    browser.signIn(RunningProduct.TOKEN);
    java.util.List<String> headers = new java.util.ArrayList<>();
    headers.add("X-Backup-Request");
    headers.add("1");
    if (origin != null) {
      headers.addAll(java.util.List.of("Origin", origin.replace("OURS", browser.origin())));
    }
    if (site != null) {
      headers.addAll(java.util.List.of("Sec-Fetch-Site", site));
    }
    String[] given = headers.toArray(String[]::new);
    String token = "{\"token\":\"" + WALL + "\"}";

    for (Answer answer :
        java.util.List.of(
            browser.send("POST", "/ui/session", token, given),
            browser.send("DELETE", "/ui/session", "", given),
            browser.send("POST", "/api/outbox/retry", "", given))) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json().path("type").asText()).endsWith(":other-origin");
      assertThat(answer.response().headers().firstValue("Set-Cookie")).isEmpty();
    }
    assertThat(browser.get("/ui/session").json().path("name").asText()).isEqualTo("api");
  }

  @Test
  void a_form_can_not_change_anything_since_it_has_no_header_of_ours() throws Exception {
    browser.signIn(RunningProduct.TOKEN);

    Answer answer = browser.send("POST", "/api/backups", "shop", "Origin", browser.origin());

    assertThat(answer.status()).isEqualTo(403);
    problem(answer, "needs the header X-Backup-Request: 1");
  }

  @Test
  void another_page_can_not_even_read_with_the_session() throws Exception {
    browser.signIn(WALL);

    for (String site : new String[] {"cross-site", "same-site"}) {
      Answer answer = browser.send("GET", "/api/sites", "", "Sec-Fetch-Site", site);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).doesNotContain("shop");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "test-token-1234"})
  void a_cookie_that_was_not_given_opens_nothing(String value) throws Exception {
    String name = "backup-session-" + product.service().apiAddress().getPort();

    assertThat(browser.send("GET", "/api/sites", "", "Cookie", name + "=" + value).status())
        .isEqualTo(401);
  }

  @Test
  void a_session_is_forgotten_at_a_restart() throws Exception {
    browser.signIn(RunningProduct.TOKEN);
    product.stop();
    product.start();

    Browser after = new Browser(product);
    String name = "backup-session-" + product.service().apiAddress().getPort();
    String cookie = name + browser.cookie().replaceFirst("[^=]+", "");
    assertThat(after.send("GET", "/api/sites", "", "Cookie", cookie).status()).isEqualTo(401);
  }
}
