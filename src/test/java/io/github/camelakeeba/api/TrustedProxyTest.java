package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.api.ApiClient.Answer;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy has found out who calls; only one that is named is believed. */
@Tag("slow")
class TrustedProxyTest {
  @TempDir Path folder;

  private RunningProduct product(String... properties) throws Exception {
    RunningProduct product = new RunningProduct(folder);
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
    product.site("shop", shop.url()).property("backup.api.trustedUserHeader = Remote-User");
    for (String property : properties) {
      product.property(property);
    }
    return product.api().start();
  }

  private static Answer call(ApiClient api, String method, String path, String... headers)
      throws Exception {
    return api.send(
        api.bare(path).method(method, BodyPublishers.ofString("shop")).headers(headers));
  }

  @Test
  void whom_it_names_may_read_and_no_more() throws Exception {
    try (RunningProduct product = product("backup.api.trustedProxies = 127.0.0.0/8, ::1")) {
      ApiClient api = new ApiClient(product);
      String origin = new Browser(product).origin();

      assertThat(call(api, "GET", "/ui/session", "Remote-User", "anna@example.com").text())
          .isEqualTo("{\"name\":\"anna@example.com\",\"scope\":\"read\",\"tags\":[]}");
      assertThat(call(api, "GET", "/api/sites", "Remote-User", "anna").status()).isEqualTo(200);
      Answer refused =
          call(
              api,
              "POST",
              "/api/backups",
              "Remote-User",
              "anna",
              "Origin",
              origin,
              "X-Backup-Request",
              "1");
      assertThat(refused.status()).isEqualTo(403);
      problem(refused, "the scope of yours is read");
      assertThat(call(api, "GET", "/api/sites", "Remote-User", "a", "Remote-User", "b").status())
          .isEqualTo(401);
      assertThat(api.send(api.bare("/api/sites")).status()).isEqualTo(401);
    }
  }

  @Test
  void whom_it_names_may_what_the_key_says_but_not_from_a_page_of_somebody_else() throws Exception {
    try (RunningProduct product =
        product("backup.api.trustedProxies = 127.0.0.1", "backup.api.trustedScope = start")) {
      ApiClient api = new ApiClient(product);
      String origin = new Browser(product).origin();

      Answer foreign =
          call(
              api,
              "POST",
              "/api/backups",
              "Remote-User",
              "anna",
              "Origin",
              "https://evil.example",
              "X-Backup-Request",
              "1");
      assertThat(foreign.status()).isEqualTo(403);
      assertThat(call(api, "POST", "/api/backups", "Remote-User", "anna").status()).isEqualTo(403);
      Answer started =
          call(
              api,
              "POST",
              "/api/backups",
              "Remote-User",
              "anna",
              "Origin",
              origin,
              "X-Backup-Request",
              "1");
      assertThat(started.status()).isEqualTo(202);
      // who has signed in with a token of more weight is that one
      Browser browser = new Browser(product);
      browser.signIn(RunningProduct.TOKEN);
      assertThat(
              browser
                  .send("GET", "/ui/session", "", "Remote-User", "anna")
                  .json()
                  .path("name")
                  .asText())
          .isEqualTo("api");
    }
  }

  @Test
  void the_header_of_anybody_else_is_ignored() throws Exception {
    try (RunningProduct product =
        product("backup.api.trustedProxies = 10.0.0.0/8", "backup.api.trustedScope = admin")) {
      ApiClient api = new ApiClient(product);
      for (String forwarded : new String[] {"10.0.0.1", "127.0.0.1, 10.0.0.1", "x"}) {
        assertThat(
                call(api, "GET", "/api/sites", "Remote-User", "anna", "X-Forwarded-For", forwarded)
                    .status())
            .isEqualTo(401);
      }
    }
  }

  @Test
  void who_guesses_behind_it_slows_nobody_else_there() throws Exception {
    try (RunningProduct product = product("backup.api.trustedProxies = 127.0.0.1")) {
      ApiClient api = new ApiClient(product);
      String wrong = "Bearer guess-0123456789";
      Answer answer = null;
      for (int i = 0; i < 2_000 && (answer == null || answer.status() == 401); i++) {
        answer =
            call(
                api,
                "GET",
                "/api/sites",
                "Authorization",
                wrong + i,
                "X-Forwarded-For",
                i + ".1.1.1, 203.0.113.7"); // the first is the guesser's own invention
      }
      assertThat(answer.status()).isEqualTo(429);
      assertThat(
              call(
                      api,
                      "GET",
                      "/api/sites",
                      "Authorization",
                      wrong,
                      "X-Forwarded-For",
                      "203.0.113.8")
                  .status())
          .isEqualTo(401);
    }
  }
}
