package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-meaning client sends: it is refused, and nothing is started by it. */
class HostileWireTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static SimulatedSite shop;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url()).api().start();
    api = new ApiClient(product);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static String raw(String request) throws Exception {
    try (RawCall call = new RawCall(product.service().apiAddress())) {
      return call.write(
              request
                  .replace("\n", "\r\n")
                  .replace("TOKEN", "Authorization: Bearer " + ApiClient.TOKEN))
          .rest();
    }
  }

  private static void nothingStarted() throws Exception {
    assertThat(api.get("/api/runs").json()).isEmpty();
    assertThat(shop.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/backups HTTP/1.1\nHost: x\nTOKEN\nContent-Length: 4\nContent-Length: 5\n\nshopx",
        "POST /api/backups HTTP/1.1\nHost: x\nTOKEN\nContent-Length: 4, 5\n\nshopx",
        "POST /api/backups HTTP/1.1\nHost: x\nTOKEN\nContent-Length: +4\n\nshop",
        "POST /api/backups HTTP/1.1\nHost: x\nTOKEN\nContent-Length: 4\nTransfer-Encoding: chunked\n\n0\n\nGET /",
        "POST /api/backups HTTP/1.1\nHost: x\nTOKEN\nTransfer-Encoding: chunked, identity\n\n0\n\n",
        "POST /api/backups HTTP/1.1\nHost: x\nTOKEN\nTransfer-Encoding : chunked\n\n0\n\n",
        "GET /api/sites HTTP/1.1\nHost: x\nTOKEN\nX: a\n b\n\n",
        "GET /api/sites HTTP/1.1\nTOKEN\n\n",
        "GET /api/sites HTTP/9.9\nHost: x\nTOKEN\n\n",
        "GET  /api/sites\n",
        "\u0000\u0001\u0002\n\n",
      })
  void what_two_servers_could_read_differently_is_refused_and_the_connection_closed(String request)
      throws Exception {
    String answer = raw(request);

    assertThat(answer).startsWith("HTTP/1.").doesNotContain("<still open>");
    assertThat(Integer.parseInt(answer.substring(9, 12))).isIn(400, 411, 505);
    assertThat(StringHelper.countOccurrence(answer, "HTTP/1.1 ")).isEqualTo(1);
    nothingStarted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/observe/health/../../api/sites",
        "/observe/health/%2e%2e/%2e%2e/api/sites",
        "/observe/health/..;/..;/api/sites",
        "/observe/health;/../../api/sites",
        "/observe/health/..%2f..%2fapi/sites",
        "//api/sites",
        "/observe//../api/sites",
        "/api/sites?/observe/health",
        "/api/sites#/observe/health",
        "/api/sites;/observe/health",
        "/%61pi/sites",
        "/API/sites",
        "http://x/observe/health/../../api/sites",
      })
  void no_spelling_of_an_address_gets_past_the_token(String path) throws Exception {
    String answer = raw("GET " + path + " HTTP/1.1\nHost: x\nConnection: close\n\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (400|401|404|421|426) .*");
    assertThat(answer).doesNotContain("\"site\"").doesNotContain("\"zone\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e%2fx", "shop%00",
            "shop%0d%0aX-Evil:%20a",
        "$%7Bjndi:ldap://x%7D", "%27%20or%20%271%27=%271", "shop%E2%80%AE", "%ff%fe", "a%25s%n",
      })
  void an_id_or_a_name_that_is_none_is_refused_and_not_repeated(String name) throws Exception {
    for (String path : List.of("/api/runs/%s", "/api/sites/%s", "/api/runs/%s/events")) {
      String answer =
          raw(
              "GET %s HTTP/1.1\nHost: x\nTOKEN\nConnection: close\n\n"
                  .formatted(path.formatted(name)));
      assertThat(answer).as(path).matches("(?s)HTTP/1.1 (400|404) .*");
      assertThat(answer).doesNotContain("passwd", "Evil", "jndi", "Exception");
    }
    String stop =
        raw(
            "POST /api/runs/%s/stop HTTP/1.1\nHost: x\nTOKEN\nContent-Length: 0\nConnection: close\n\n"
                .formatted(name));
    assertThat(stop).matches("(?s)HTTP/1.1 (400|404) .*");
  }

  @Test
  void a_sender_of_a_body_without_a_length_may_send_all_of_it_before_the_answer() throws Exception {
    String part = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    try (RawCall call = new RawCall(product.service().apiAddress())) {
      call.write(
          "POST /api/backups HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                  .formatted(ApiClient.TOKEN)
              + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 10; i++) {
        call.write(part);
      }
      call.write("0\r\n\r\nGET /api/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(call.rest()).startsWith("HTTP/1.1 411").contains("HTTP/1.1 421");
    }
  }

  @Test
  void an_address_or_a_header_that_is_too_long_is_refused() throws Exception {
    String get = " HTTP/1.1\nHost: x\nTOKEN\nConnection: close\n";
    assertThat(raw("GET /api/runs/" + "x".repeat(10_000) + get + "\n")).startsWith("HTTP/1.1 414");
    assertThat(raw("GET /api/sites" + get + "X: " + "x".repeat(10_000) + "\n\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(api.get("/api/runs/" + "x".repeat(4_000)).status()).isEqualTo(404);
    assertThat(api.get("/api/runs?site=" + "x".repeat(4_000)).status()).isEqualTo(404);
  }

  @Test
  void methods_that_are_not_of_the_api_do_nothing() throws Exception {
    for (String method : List.of("HEAD", "TRACE", "CONNECT", "PROPFIND", "get")) {
      String answer =
          raw(
              method
                  + " /api/sites HTTP/1.1\nHost: x\nTOKEN\nX-Echo: marker-9k2\nConnection: close\n\n");
      assertThat(answer).as(method).matches("(?s)HTTP/1.1 (400|404|405|501) .*");
      assertThat(answer).doesNotContain("marker-9k2", "\"zone\"");
    }
    ApiClient.Answer options =
        api.send(api.request("/api/sites").method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.text()).isEmpty();
    assertThat(options.response().headers().firstValue("Allow")).hasValue("GET,OPTIONS");
  }

  @Test
  void xml_and_json_that_is_nested_without_end_are_no_requests() throws Exception {
    try (ServerSocket elsewhere = new ServerSocket(0)) {
      elsewhere.setSoTimeout(1);
      String address = "http://127.0.0.1:" + elsewhere.getLocalPort() + "/x";
      ApiClient.Answer xml =
          api.post(
              "/api/backups",
              "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \""
                  + address
                  + "\">]><a>&x;</a>",
              "Content-Type",
              "application/xml");
      assertThat(xml.status()).isIn(400, 404);
      problem(xml, "");
      ApiClient.Answer url = api.post("/api/backups", "{\"site\":\"" + address + "\"}");
      assertThat(url.status()).isEqualTo(404);
      assertThat(
              api.post("/api/backups", "{\"site\":\"shop\",\"url\":\"" + address + "\"}").status())
          .isEqualTo(400);
      assertThat(org.assertj.core.api.Assertions.catchThrowable(elsewhere::accept))
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
    for (String deep : List.of("{\"site\":" + "[".repeat(60_000), "{\"a\":".repeat(10_000))) {
      ApiClient.Answer answer = api.post("/api/backups", deep);
      assertThat(answer.status()).isEqualTo(400);
      problem(answer, "");
    }
    nothingStarted();
  }
}
