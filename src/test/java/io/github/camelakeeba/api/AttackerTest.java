package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.api.ApiClient.Answer;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody tries who has no token but a user's browser, or a port to talk to. */
@Tag("slow")
class AttackerTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static String cookie;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product
        .site("shop", shop.url())
        .property("backup.api.hosts = backup.example.com, wall")
        .property("backup.api.trustedScope = admin")
        .yaml(
            "triggers:\n  - {name: deploy, from: \"servlet:/hooks/deploy\", secret: hook-secret-0123}\n")
        .api()
        .start();
    Browser browser = new Browser(product);
    browser.signIn(RunningProduct.TOKEN);
    cookie = browser.cookie();
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static String raw(String start, String host, String... headers) throws Exception {
    StringBuilder request = new StringBuilder(start + " HTTP/1.1\r\nConnection: close\r\n");
    if (host != null) {
      request.append("Host: ").append(host).append("\r\n");
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    try (RawCall call = new RawCall(product.service().apiAddress())) {
      return call.write(request.append("\r\n").toString()).rest();
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "backup.example.com.evil.example",
        "xbackup.example.com",
        "example.com",
        "10.9.9.9",
        "[2001:db8::1]",
        "0x7f000001",
        "wall.",
      })
  @Tag("fault")
  void a_name_that_was_made_to_mean_this_machine_gets_nothing(String host) throws Exception {
    boolean ours = host.equals("wall."); // the same name, fully qualified
    for (String path : List.of("/", "/ui/session", "/api/sites", "/ui/main.js", "/nothing")) {
      String answer = raw("GET " + path, host, "Cookie: " + cookie);
      assertThat(status(answer))
          .as(path)
          .matches(got -> ours ? got != 421 : got == 421 || got == 400);
      if (!ours) {
        assertThat(answer).doesNotContain("shop", "<html", "Set-Cookie");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:4711",
        "localhost",
        "LOCALHOST:9",
        "[::1]:8080",
        "backup.example.com",
        "Backup.Example.com:443",
        "wall"
      })
  void its_own_names_are_answered(String host) throws Exception {
    assertThat(status(raw("GET /", host))).isEqualTo(200);
    assertThat(status(raw("GET /api/sites", host))).isEqualTo(401);
    assertThat(status(raw("GET /api/sites", host, "Cookie: " + cookie))).isEqualTo(200);
  }

  @Test
  void who_brings_a_token_a_hook_and_a_monitor_may_use_any_name() throws Exception {
    String bearer = "Authorization: Bearer " + RunningProduct.TOKEN;
    assertThat(status(raw("GET /api/sites", "any.example", bearer))).isEqualTo(200);
    assertThat(status(raw("GET /observe/health/live", "any.example"))).isEqualTo(200);
    assertThat(status(raw("GET /observe/metrics", "any.example"))).isEqualTo(200);
    assertThat(raw("POST /hooks/deploy", "any.example", "Content-Length: 0"))
        .contains("urn:camel-akeeba-backup:problem:unproved");
  }

  @Test
  void a_name_in_the_request_line_counts_as_the_host() throws Exception {
    String answer = raw("GET http://evil.example/api/sites", "127.0.0.1", "Cookie: " + cookie);

    assertThat(status(answer)).isIn(400, 421);
    assertThat(answer).doesNotContain("shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-User: admin",
        "Remote-User: admin",
        "X-Remote-User: admin",
        "X-Auth-Request-User: admin",
        "backup-caller: api",
        "Forwarded: for=127.0.0.1;by=admin",
        "Authorization: Basic YXBpOnRlc3QtdG9rZW4tMTIzNA==",
        "Authorization: Bearer",
        "Authorization: bearer test-token-1234",
        "Authorization: Bearer test-token-1234x",
        "Authorization: Bearer test-token-123",
        "Authorization: test-token-1234",
        "Cookie: token=test-token-1234",
        "X-Backup-Token: test-token-1234",
      })
  void no_header_but_the_right_one_is_believed(String header) throws Exception {
    assertThat(status(raw("GET /api/sites", "127.0.0.1", header))).isEqualTo(401);
    assertThat(status(raw("GET /ui/session", "127.0.0.1", header))).isEqualTo(401);
  }

  @Test
  void a_token_in_the_address_is_none() throws Exception {
    for (String query : List.of("token", "access_token", "Authorization")) {
      assertThat(status(raw("GET /api/sites?" + query + "=" + RunningProduct.TOKEN, "127.0.0.1")))
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ui/",
        "/ui",
        "/ui/.",
        "/ui/index.html",
        "/ui/../openapi.yaml",
        "/ui/..%2fopenapi.yaml",
        "/ui/%2e%2e/openapi.yaml",
        "/ui/%2e%2e%2fopenapi.yaml",
        "/ui/..;/openapi.yaml",
        "/ui/..\\openapi.yaml",
        "/ui//etc/passwd",
        "/ui/%00",
        "/ui/main.js%00.css",
        "/ui/uplot/",
        "/ui/uplot/1.6.30/../../openapi.yaml",
        "/ui/uplot/1.6.30/package.json",
        "/ui/file:/etc/passwd",
        "/ui/http://evil.example/x",
        "/page/index.html",
        "/META-INF/MANIFEST.MF",
        "/camel-akeeba-backup.properties",
        "/ui/../api/sites",
        "/ui/..;/api/sites",
        "/ui;/../api/sites",
        "/ui/session/../../api/sites",
        "/badge/../api/sites",
        "/badge/..%2fapi%2fsites",
      })
  void no_path_leads_out_of_the_files_of_the_page_or_past_the_sign_in(String path)
      throws Exception {
    String answer = raw("GET " + path, "127.0.0.1");

    assertThat(status(answer)).as(answer).isIn(400, 401, 404, 426);
    assertThat(answer)
        .doesNotContain("openapi:", "root:", "camel.main", "\"zone\"", "Index of", "href=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get"})
  void the_page_is_only_read(String method) throws Exception {
    for (String path : List.of("/", "/ui/main.js", "/ui/session")) {
      if (path.equals("/ui/session") && List.of("POST", "DELETE").contains(method)) {
        continue;
      }
      String answer =
          raw(method + " " + path, "127.0.0.1", "Content-Length: 0", "X-Echo: marker-4f8");
      assertThat(status(answer)).as(path).isIn(400, 404, 405, 501);
      assertThat(answer).doesNotContain("marker-4f8");
    }
  }

  @Test
  void no_answer_repeats_what_was_sent_as_html() throws Exception {
    Browser browser = new Browser(product);
    browser.signIn(RunningProduct.TOKEN);
    String script = "%3Cscript%3Ealert(1)%3C/script%3E";
    for (String path :
        List.of(
            "/ui/" + script,
            "/api/sites/" + script,
            "/api/runs?site=" + script,
            "/api/sites?after=" + script,
            "/badge/" + script + ".svg")) {
      Answer answer = browser.get(path);
      assertThat(answer.status()).as(path).isIn(400, 404);
      assertThat(answer.type()).isEqualTo("application/problem+json");
      assertThat(answer.text()).doesNotContain("<script");
      assertThat(answer.response().headers().firstValue("X-Content-Type-Options"))
          .hasValue("nosniff");
    }
  }

  @Test
  void a_session_is_no_bearer_token_and_a_token_no_session() throws Exception {
    String id = cookie.replaceFirst(".*=", "");
    assertThat(status(raw("GET /api/sites", "127.0.0.1", "Authorization: Bearer " + id)))
        .isEqualTo(401);
    String name = cookie.replaceFirst("=.*", "");
    assertThat(
            status(
                raw("GET /api/sites", "127.0.0.1", "Cookie: " + name + "=" + RunningProduct.TOKEN)))
        .isEqualTo(401);
  }
}
