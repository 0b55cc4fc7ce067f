package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class HostileApiCallsTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static SimulatedSite shop;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url()).site("off", shop.url(), "enabled: false").api().start();
    api = new ApiClient(product);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  @Test
  void it_listens_on_loopback_and_does_not_say_what_it_is() throws Exception {
    URI address = product.service().apiAddress();
    assertThat(address.getHost()).isEqualTo("127.0.0.1");
    assertThat(api.get("/api/sites").response().headers().map().keySet())
        .doesNotContain("server", "x-powered-by");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic dGVzdA==", "test-token"})
  void without_the_token_everything_is_401_with_the_same_words(String authorization)
      throws Exception {
    for (String path : new String[] {"/api/sites", "/api/nothing", "/nothing"}) {
      var request = api.bare(path).GET();
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      ApiClient.Answer answer = api.send(request);
      assertThat(answer.status()).isEqualTo(401);
      problem(answer, "send the header 'Authorization: Bearer <backup.api.token>'");
      assertThat(answer.response().headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"site\":               | the body is no JSON",
        "{\"site\":\"shop\"} x    | the body is no JSON",
        "{}                       | the member 'site' is missing",
        "{\"site\":7}             | the member 'site' is a text",
        "{\"site\":\"shop\",\"sites\":1}          | unknown member 'sites'",
        "{\"site\":\"shop\",\"profile\":\"2\"}    | the member 'profile' is a whole number",
        "{\"site\":\"shop\",\"profile\":0}        | the member 'profile' is a whole number",
        "{\"site\":\"shop\",\"profile\":1.5}      | the member 'profile' is a whole number",
        "{\"site\":\"shop\",\"overrides\":[1]}    | the member 'overrides' is an object",
        "{\"site\":\"shop\",\"overrides\":\"x\"}  | the member 'overrides' is an object",
        "{\"site\":\"shop\",\"overrides\":{\"a\":{}}} | the override 'a' is a text",
        "{\"site\":\"shop\",\"id\":\"\"}          | the member 'id' has 1 to 190 characters",
        "{\"site\":\"shop\",\"ifBusy\":\"kill\"}  | the member 'ifBusy' is 'queue' or 'refuse'",
        "null                     | the body is JSON, but no object (null)",
        "``                       | the body is empty",
      })
  void a_wrong_body_is_400_with_a_sentence(String body, String sentence) throws Exception {
    ApiClient.Answer answer = api.post("/api/backups", body);

    assertThat(answer.status()).isEqualTo(400);
    problem(answer, sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1s", "30h", "1e3", "30s&wait=1s", "$%7Bbody%7D", "%27"})
  void a_wait_that_is_no_duration_is_400(String wait) throws Exception {
    ApiClient.Answer answer = api.post("/api/backups?wait=" + wait, "shop");

    assertThat(answer.status()).isEqualTo(400);
    problem(answer, "the parameter 'wait' is a duration");
  }

  @Test
  void an_unknown_site_is_404_and_one_that_is_switched_off_409() throws Exception {
    ApiClient.Answer unknown = api.post("/api/backups", "nix<script>\u0007");
    assertThat(unknown.status()).isEqualTo(404);
    problem(unknown, "there is no site");
    ApiClient.Answer off = api.post("/api/backups", "off");
    assertThat(off.status()).isEqualTo(409);
    problem(off, "switched off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nix", "a,b", "'x'", "$%7Bbody%7D", "java.lang.String.class", "true", "%2e%2e%2f"})
  void a_run_that_is_not_there_is_404_or_a_bad_address(String id) throws Exception {
    ApiClient.Answer answer = api.get("/api/runs/" + id);

    assertThat(answer.status()).isIn(400, 404);
    problem(answer, "");
  }

  @Test
  void an_address_or_method_that_is_not_there_is_a_problem_document_too() throws Exception {
    for (String path : new String[] {"/nothing", "/api", "/api/nothing", "/observe/env"}) {
      ApiClient.Answer answer = api.get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      problem(answer, "");
    }
    for (String method : new String[] {"PUT", "DELETE", "PATCH"}) {
      ApiClient.Answer answer =
          api.send(api.request("/api/sites").method(method, BodyPublishers.noBody()));
      assertThat(answer.status()).as(method).isIn(404, 405);
      problem(answer, "");
    }
    assertThat(api.get("/api/backups").status()).isIn(404, 405);
    assertThat(api.post("/api/sites", "x").status()).isIn(404, 405);
  }

  @Test
  void a_body_over_64_KiB_is_413_and_one_of_unknown_length_411() throws Exception {
    ApiClient.Answer large = api.post("/api/backups", "x".repeat(64 * 1024 + 1));
    assertThat(large.status()).isEqualTo(413);
    problem(large, "longer than 64 KiB");
    byte[] body = "shop".getBytes(StandardCharsets.UTF_8);
    ApiClient.Answer chunked =
        api.send(
            api.request("/api/backups")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    assertThat(chunked.status()).isIn(400, 411);
    problem(chunked, "Content-Length");
  }

  @Test
  void camel_headers_and_parameters_from_outside_change_nothing() throws Exception {
    ApiClient.Answer answer =
        api.post(
            "/api/backups?wait=30s&CamelHttpResponseCode=500&cAmElHttpUri=http://127.0.0.1:9/"
                + "&CamelBeanMethodName=problem&id=x",
            "shop",
            "CamelHttpUri",
            "http://127.0.0.1:9/",
            "cAmElHttpResponseCode",
            "500",
            "camelhttpmethod",
            "DELETE",
            "CAMELBEANMETHODNAME",
            "problem",
            "CamelHttpRawQuery",
            "a=b",
            "X-Akeeba-Auth",
            "wrong",
            "X-Echo",
            "marker-7f3");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/data/state").asText()).isEqualTo("completed");
    assertThat(answer.response().headers().map().toString().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("camel", "marker-7f3", "x-akeeba");
    assertThat(shop.requests())
        .allSatisfy(
            request ->
                assertThat(request.headers().toString().toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("marker-7f3", "camelhttp", "camelbean"));
    String id = answer.json().path("subject").asText();
    ApiClient.Answer run = api.get("/api/runs/" + id + "?id=other", "ID", "other", "id", "third");
    assertThat(run.status()).isEqualTo(200);
    assertThat(run.json().path("id").asText()).isEqualTo(id);
  }
}
