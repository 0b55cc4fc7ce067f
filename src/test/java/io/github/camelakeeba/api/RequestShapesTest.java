package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.RunningProduct;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What senders make of a request: with marks, in envelopes, in the wrong shape. */
class RequestShapesTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    for (String site : new String[] {"shop", "null"}) {
      product.site(
          site, product.server().joomla(site).secret(RunningProduct.SECRET).steps(1).url());
    }
    product.api().start();
    api = new ApiClient(product);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static ApiClient.Answer post(byte[] body) throws Exception {
    return api.send(api.request("/api/backups?wait=30s").POST(BodyPublishers.ofByteArray(body)));
  }

  private static ApiClient.Answer post(String body, String... headers) throws Exception {
    return api.post("/api/backups?wait=30s", body, headers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                       | the body is JSON, but no object (an array); send a site's name as plain text",
        "[\"shop\"]               | the body is JSON, but no object (an array); send a site's name",
        "[{\"site\":\"shop\"}]    | the body is JSON, but no object (an array); send a site's name",
        "[shop                    | the body is no JSON",
        "\"shop\"                 | the body is JSON, but no object (a string); send a site's name",
        "\"                       | the body is JSON, but no object (a string); send a site's name",
        "[{\"specversion\":\"1.0\",\"id\":\"1\",\"data\":\"shop\"}] | the body is a batch of CloudEvents; send each event by itself",
        "{\"specversion\":\"1.0\",\"data\":7}     | the CloudEvent has no data that is an object, a text, or bytes in data_base64",
        "{\"specversion\":\"1.0\",\"data\":[1]}   | the CloudEvent has no data that is an object, a text, or bytes in data_base64",
        "{\"specversion\":\"1.0\",\"data\":\"shop\",\"data_base64\":\"c2hvcA==\"} | the CloudEvent has no data that is",
        "{\"specversion\":\"1.0\",\"data_base64\":\"?\"} | the CloudEvent's data_base64 is no Base64",
        "{\"specversion\":\"1.0\",\"data\":\"[]\"} | the body is JSON, but no object (an array)",
        "{\"specversion\":\"1.0\",\"data\":null}  | the body is empty",
        "{\"specversion\":\"1.0\"}                | the body is empty",
      })
  void what_is_no_request_says_what_one_is(String body, String sentence) throws Exception {
    ApiClient.Answer answer = post(body);
    assertThat(answer.status()).isEqualTo(400);
    problem(answer, sentence);
  }

  @Test
  void null_is_a_site_where_one_is_called_so() throws Exception {
    assertThat(post("null").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFshop",
        "\uFEFF{\"site\":\"shop\"}",
        "\uFEFF\r\n shop \n",
        "{\"specversion\":\"1.0\",\"data\":\"shop\"}",
        "{\"specversion\":\"1.0\",\"data\":\"{\\\"site\\\":\\\"shop\\\"}\"}",
        "{\"specversion\":\"1.0\",\"data_base64\":\"c2hvcA==\"}",
        "{\"specversion\":\"1.0\",\"data_base64\":\"77u/eyJzaXRlIjoic2hvcCJ9\"}",
      })
  void a_mark_of_the_byte_order_and_data_as_text_or_base64_are_read(String body) throws Exception {
    ApiClient.Answer answer = post(body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().at("/data/site").asText()).isEqualTo("shop");
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16, the body is UTF-16; send it as UTF-8",
    "UTF-16LE, the body is UTF-16; send it as UTF-8",
    "UTF-16BE, the body is UTF-16; send it as UTF-8",
    "ISO-8859-1, the body is no UTF-8 text; send it as UTF-8"
  })
  void another_encoding_is_refused_with_a_sentence(String charset, String sentence)
      throws Exception {
    ApiClient.Answer answer =
        post("{\"site\":\"shop\",\"comment\":\"für Müller\"}".getBytes(Charset.forName(charset)));
    assertThat(answer.status()).isEqualTo(400);
    problem(answer, sentence);
  }

  @Test
  void an_event_in_binary_mode_that_is_sent_twice_is_one_run() throws Exception {
    String[] event = {
      "ce-specversion", "1.0", "ce-id", "d-1", "ce-source", "/ci", "ce-type", "deploy"
    };
    String first = post("shop", event).json().path("subject").asText();
    assertThat(post("{\"site\":\"shop\"}", event).json().path("subject").asText()).isEqualTo(first);
    String structured =
        "{\"specversion\":\"1.0\",\"id\":\"d-1\",\"source\":\"/ci\",\"data_base64\":\"%s\"}"
            .formatted(
                Base64.getEncoder()
                    .encodeToString("{\"site\":\"shop\"}".getBytes(StandardCharsets.UTF_8)));
    assertThat(post(structured).json().path("subject").asText()).isEqualTo(first);
    event[3] = "d-2";
    assertThat(post("shop", event).json().path("subject").asText()).isNotEqualTo(first);
    String own = post("{\"site\":\"shop\",\"id\":\"own\"}", event).json().path("subject").asText();
    assertThat(api.get("/api/runs/" + own).json().path("requestId").asText()).isEqualTo("own");
  }

  @Test
  void a_header_that_is_no_events_counts_for_nothing() throws Exception {
    String[] half = {"ce-id", "d-9", "ce-source", "/ci"};
    String first = post("shop", half).json().path("subject").asText();
    assertThat(post("shop", half).json().path("subject").asText()).isNotEqualTo(first);
  }
}
