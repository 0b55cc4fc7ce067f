package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.outbox.OutboxRows;
import io.github.camelakeeba.product.RunningProduct;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxByApiTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;
  private OutboxRows rows;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).api();
    product
        .site("shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3).url())
        .yaml(
            """
            channels:
              chat: {type: webhook, url: "http://127.0.0.1:9/services/T0PS3CR3T/chat"}
              hook: {type: webhook, url: "http://127.0.0.1:9/services/T0PS3CR3T/hook"}
            notify: []
            """)
        .start();
    api = new ApiClient(product);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  @BeforeEach
  void fill() {
    product.jdbc().update("delete from outbox");
    rows =
        new OutboxRows(product.jdbc().getDataSource())
            .waiting("chat", "a", "digest 1d")
            .parked("chat", "b", "POST /services/T0PS3CR3T/chat failed")
            .parked("hook", "c", "no")
            .parked("hook", "d", "no");
  }

  private ApiClient.Answer retry(String query) throws Exception {
    return api.post("/api/outbox/retry" + query, "");
  }

  @Test
  void messages_are_listed_by_channel_state_and_number() throws Exception {
    ApiClient.Answer all = api.get("/api/outbox");
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.json().path("count").asInt()).isEqualTo(4);
    assertThat(all.json().at("/messages/0").toString())
        .contains("\"channel\":\"chat\"", "\"event\":\"a\"", "\"state\":\"waiting\"")
        .contains("\"waitsFor\":\"digest 1d\"", "\"attempts\":0", "\"parkedAt\":null");
    assertThat(all.text()).doesNotContain("T0PS3CR3T");
    assertThat(all.json().at("/messages/1/error").asText()).isEqualTo("POST *** failed");

    assertThat(api.get("/api/outbox?channel=chat&parked=true").json().path("messages")).hasSize(1);
    ApiClient.Answer few = api.get("/api/outbox?limit=2&parked=false");
    assertThat(few.json().path("messages")).hasSize(2);
    assertThat(few.json().path("count").asInt()).isEqualTo(4);
  }

  @Test
  void a_retry_says_how_many_are_due_again() throws Exception {
    assertThat(retry("?id=" + rows.id("b") + "&id=" + rows.id("c")).json().toString())
        .isEqualTo("{\"retried\":2}");
    assertThat(retry("?channel=hook&id=" + rows.id("d") + ",77").json().path("retried").asInt())
        .isEqualTo(1);
    assertThat(retry("").json().path("retried").asInt()).isZero();
  }

  @Test
  void status_tells_of_sites_and_channels() throws Exception {
    ApiClient.Answer status = api.get("/api/status");

    assertThat(status.status()).isEqualTo(200);
    assertThat(status.json().path("nodes").asInt()).isEqualTo(1);
    assertThat(status.json().at("/sites/0/site").asText()).isEqualTo("shop");
    ObjectNode alone = (ObjectNode) api.get("/api/sites/shop").json();
    alone.remove("notifies"); // of one site only
    alone.remove("shrunk");
    assertThat(status.json().path("sites")).hasSize(1).containsExactly(alone);
    assertThat(status.json().at("/channels/1/parked").asInt()).isEqualTo(2);
    assertThat(status.text()).doesNotContain("T0PS3CR3T", RunningProduct.SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | ?channel=nix            | 404 | there is no channel 'nix'; allowed: chat, hook",
        "GET  | ?channel=chad           | 404 | did you mean 'chat'",
        "GET  | ?channel=%00%3Cscript   | 404 | there is no channel",
        "GET  | ?parked=yes             | 400 | the parameter 'parked' is true or false",
        "GET  | ?limit=0                | 400 | the parameter 'limit' is a whole number from 1",
        "GET  | ?limit=1001             | 400 | the parameter 'limit' is a whole number from 1",
        "GET  | ?limit=many             | 400 | the parameter 'limit' is a whole number from 1",
        "POST | /retry?channel=nix      | 404 | there is no channel 'nix'",
        "POST | /retry?id=one           | 400 | the parameter 'id' holds up to 1000 numbers",
        "POST | /retry?id=1,-2          | 400 | the parameter 'id' holds up to 1000 numbers",
        "POST | /retry?id=1&id=1%3B2    | 400 | the parameter 'id' holds up to 1000 numbers",
        "POST | /retry?id=9999999999999999999 | 400 | the parameter 'id' holds up to 1000",
      })
  void a_wrong_parameter_is_a_problem_document(
      String method, String query, int status, String sentence) throws Exception {
    ApiClient.Answer answer =
        api.send(api.request("/api/outbox" + query).method(method, BodyPublishers.ofString("")));

    assertThat(answer.status()).isEqualTo(status);
    problem(answer, sentence);
  }

  @Test
  void nobody_gets_in_without_the_token() throws Exception {
    for (String path : new String[] {"/api/outbox", "/api/status", "/api/outbox/retry"}) {
      assertThat(api.send(api.bare(path).GET()).status()).as(path).isEqualTo(401);
    }
    assertThat(api.get("/api/outbox/retry").status()).isIn(404, 405);
  }
}
