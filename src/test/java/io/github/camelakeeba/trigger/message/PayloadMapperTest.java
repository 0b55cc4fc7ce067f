package io.github.camelakeeba.trigger.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.run.RunRefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trigger's map takes out of somebody else's JSON. */
class PayloadMapperTest {
  private static final String DEPLOYMENT =
      """
      {"deployment": {"id": 145988746, "ref": "main", "environment": "production",
        "labels": [{"name": "site", "value": "shop"}, {"name": "team", "value": "web"}],
        "creator": {"login": "octocat", "admin": false}},
       "repository": {"name": "shop", "full_name": "example/shop"}, "extra": null}
      """;

  private static JsonNode request(Map<String, String> map, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new ObjectMapper().readTree(new PayloadMapper(map).toRequest(bytes));
  }

  private static String rejection(Map<String, String> map, String body) {
    Throwable thrown = Assertions.assertThrows(Exception.class, () -> request(map, body));
    assertThat(thrown).isInstanceOf(RunRefusedException.class);
    return thrown.getMessage();
  }

  @Test
  void paths_and_texts_with_paths_become_members_and_the_rest_is_not_looked_at() throws Exception {
    Map<String, String> map =
        Map.of(
            "site", "$.repository.name",
            "id", "github-{$.deployment.id}",
            "description", "Before {$.deployment.ref} goes to {$['deployment']['environment']}",
            "comment", "$.deployment.labels[?(@.name == 'team')].value");
    JsonNode request = request(map, DEPLOYMENT);
    assertThat(request.toString())
        .contains("\"site\":\"shop\"", "\"id\":\"github-145988746\"", "\"comment\":\"web\"")
        .contains("\"description\":\"Before main goes to production\"");
    assertThat(request).hasSize(4);
  }

  @Test
  void a_number_is_an_id_and_a_profile() throws Exception {
    Map<String, String> map = Map.of("id", "$.id", "profile", "$.p", "site", "$.site");
    assertThat(request(map, "{\"id\": 9007199254740993, \"p\": \"3\", \"site\": \"shop\"}"))
        .hasToString(
            request(map, "{\"id\":\"9007199254740993\",\"p\":3,\"site\":\"shop\"}").toString());
    assertThat(request(map, "{\"p\": 3}").path("profile").isInt()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "$.nothing",
    "$.extra",
    "$.extra.more",
    "$.deployment.labels[7].value",
    "x-{$.nothing}",
    "$.deployment.labels[?(@.name == 'nobody')].value",
    "$.repository.name.first"
  })
  void a_path_that_leads_nowhere_leaves_its_member_out(String path) throws Exception {
    assertThat(request(Map.of("id", path, "site", "$.repository.name"), DEPLOYMENT))
        .hasToString("{\"site\":\"shop\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.deployment                | is no text and no number",
        "$.deployment.labels         | is no text and no number",
        "$.deployment.creator.admin  | is no text and no number",
        "$.deployment.labels[*].name | leads to several values",
      })
  void what_is_no_text_and_no_number_is_refused_with_a_sentence(String path, String sentence) {
    assertThat(rejection(Map.of("site", path), DEPLOYMENT))
        .startsWith("the member 'site': $[")
        .contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop | no JSON",
        "'' | is empty",
        "17 | no JSON object",
        "{\"a\":1} x | no JSON",
        "{\"a\": | no JSON"
      })
  void a_body_that_is_no_JSON_is_refused(String body, String sentence) {
    assertThat(rejection(Map.of("site", "$.a"), body)).contains(sentence);
  }

  @Test
  void a_body_that_is_too_long_or_too_deep_is_refused() {
    assertThat(rejection(Map.of("site", "$.a"), " ".repeat(65_536) + "{}")).contains("64 KiB");
    assertThat(rejection(Map.of("site", "$.a"), "[".repeat(32_000) + "]".repeat(32_000)))
        .contains("nests more than 100 deep");
  }

  @Test
  void a_hostile_body_takes_no_time() {
    String wide = "{\"a\": [" + "{\"b\":1},".repeat(8_000) + "{}]}";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(
                    () -> request(Map.of("site", "$.a[?(@.b == 1 && @.b < 2)][*]"), wide))
                .hasMessageContaining("several values"));
  }

  @Test
  void a_description_is_cut_where_ours_ends() throws Exception {
    String body = "{\"message\": \"%s\"}".formatted("x".repeat(5_000));
    assertThat(request(Map.of("description", "$.message"), body).path("description").asText())
        .hasSize(1000)
        .endsWith("x…");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.a[                       | is no JSONPath",
        "$.a[?(@.b == ]             | is no JSONPath",
        "x {$.a[}                   | is no JSONPath",
        "shop                       | is no JSONPath such as",
        "shop {$.a                  | is no JSONPath such as",
        "{$.a} {$.b                 | is no JSONPath such as",
        "$..site                    | not allowed here",
        "$.a[?(@.b =~ /(a+)+$/)]    | not allowed here",
        "$.a.length()               | not allowed here",
        "$.sum($.a[*])              | not allowed here",
      })
  void a_path_that_is_none_or_could_be_abused_is_told_when_it_is_read(
      String path, String sentence) {
    assertThatThrownBy(() -> new PayloadMapper(Map.of("site", path)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("\n");
  }
}
