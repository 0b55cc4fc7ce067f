package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.service.ServeFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens the address of the commands opens nothing else, and nothing else opens it. */
class CommandAddressTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static RunningProduct product;
  private static URI api;
  private static ServeFiles.Serve own;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    URI shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1).url();
    product
        .site("shop", shop)
        .yaml(
            "triggers: [{from: \"servlet:/hooks/deploy\", site: shop, secret: hook-secret-81Lm}]\n")
        .property("backup.api.cors.origins = https://deploy.example.com")
        .api()
        .commands()
        .start();
    api = product.service().apiAddress();
    own = product.commandAddress();
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static HttpRequest.Builder call(URI address, String path) {
    return HttpRequest.newBuilder(address.resolve(path));
  }

  private static HttpRequest.Builder bearer(URI address, String path, String token) {
    return call(address, path).header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void the_token_of_the_home_opens_the_api_there_and_nowhere_else() throws Exception {
    String token = own.token().reveal();
    assertThat(own.address().getHost()).isEqualTo("127.0.0.1");
    assertThat(own.address().getPort()).isNotEqualTo(api.getPort());
    assertThat(send(bearer(own.address(), "/api/sites", token)).statusCode()).isEqualTo(200);

    assertThat(send(bearer(api, "/api/sites", token)).statusCode()).isEqualTo(401);
    assertThat(new Browser(product).signIn(token).status()).isEqualTo(401);
  }

  @Test
  void neither_the_tokens_of_the_api_nor_its_sessions_open_it() throws Exception {
    assertThat(send(bearer(own.address(), "/api/sites", RunningProduct.TOKEN)).statusCode())
        .isEqualTo(401);
    assertThat(send(call(own.address(), "/api/sites")).statusCode()).isEqualTo(401);

    HttpResponse<String> signedIn =
        send(
            call(api, "/ui/session")
                .header("Origin", api.toString())
                .POST(BodyPublishers.ofString("{\"token\":\"" + RunningProduct.TOKEN + "\"}")));
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    assertThat(send(call(api, "/api/sites").header("Cookie", cookie)).statusCode()).isEqualTo(200);
    assertThat(send(call(own.address(), "/api/sites").header("Cookie", cookie)).statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/ui/app.js",
        "/ui/session",
        "/hooks/deploy",
        "/observe/health",
        "/observe/metrics",
        "/OBSERVE/health",
        "/badge/x.svg",
        "/api",
        "/x/../ui/session"
      })
  void neither_page_nor_hooks_nor_health_are_there(String path) throws Exception {
    HttpResponse<String> answer =
        send(
            bearer(own.address(), path, own.token().reveal())
                .header("Origin", own.address().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"token\":\"" + own.token().reveal() + "\"}")));

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.headers().map()).doesNotContainKey("Set-Cookie");
  }

  @Tag("fault")
  @Test
  void a_page_that_calls_it_by_another_name_or_from_another_origin_gets_nothing() throws Exception {
    try (RawCall call = new RawCall(own.address())) {
      String answer =
          call.write(
                  "GET /api/sites HTTP/1.1\r\nHost: rebound.example.com:%d\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                      .formatted(own.address().getPort(), own.token().reveal()))
              .rest();
      assertThat(answer).startsWith("HTTP/1.1 421 ");
    }
    try (RawCall call = new RawCall(own.address())) {
      String answer =
          call.write(
                  "GET /api/sites HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://deploy.example.com\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                      .formatted(own.token().reveal()))
              .rest();
      assertThat(answer).doesNotContainIgnoringCase("access-control-allow-origin");
    }
  }

  @Test
  void a_request_that_comes_there_is_a_command_of_its_user() throws Exception {
    HttpResponse<String> answer =
        send(
            bearer(own.address(), "/api/backups?wait=60s", own.token().reveal())
                .header("Content-Type", "application/json")
                .header(BackupResource.COMMAND_USER, "jo\tann")
                .POST(BodyPublishers.ofString("{\"site\":\"shop\",\"ifBusy\":\"queue\"}")));

    JsonNode outcome = new ObjectMapper().readTree(answer.body());
    assertThat(outcome.at("/data/trigger").asText()).as(answer.body()).isEqualTo("command");
    assertThat(outcome.at("/data/requestedBy").asText()).isEqualTo("cli:jo ann");
  }
}
