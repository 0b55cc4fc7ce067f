package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference page, the schema and the code say the same. */
class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/configuration.md");
  private static final Map<String, String> TYPES =
      Map.of(
          "integer", "whole number",
          "boolean", "true or false",
          "string", "text",
          "object", "mapping",
          "array", "list");

  private final SitesSchema schema = new SitesSchema();

  static List<String> definitions() {
    return List.of(
        "site",
        "source",
        "badge",
        "download",
        "verify",
        "census",
        "restoreTest",
        "retry",
        "limits",
        "history",
        "mail",
        "chat",
        "telegram",
        "ntfy",
        "healthchecks",
        "webhook",
        "camel",
        "rule",
        "trigger",
        "heartbeat",
        "report");
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void the_page_has_the_table_of_the_schema(String definition) throws Exception {
    String table =
        schema.definition(definition).path("properties").properties().stream()
            .map(property -> row(property.getKey(), property.getValue()))
            .collect(
                Collectors.joining(
                    "", "| key | value | default | meaning |\n|---|---|---|---|\n", ""));
    assertThat(Files.readString(PAGE)).contains(table);
  }

  @Test
  void the_page_has_the_keys_of_the_installation() throws Exception {
    String page = Files.readString(PAGE);
    Pattern.compile("(?m)^#?(backup[.](?!api[.])[A-Za-z.]+) =")
        .matcher(Files.readString(Path.of("config/application.properties")))
        .results()
        .forEach(key -> assertThat(page).contains("`" + key.group(1) + "`"));
    assertThat(page).contains("`backup.demo`");
  }

  @Test
  void every_key_has_a_title_and_a_description_for_editors() {
    for (String name : definitions()) {
      schema
          .definition(name)
          .path("properties")
          .properties()
          .forEach(
              property -> {
                assertThat(property.getValue().path("title").asText(""))
                    .as(property.getKey())
                    .isNotBlank();
                assertThat(property.getValue().path("description").asText(""))
                    .as(property.getKey())
                    .isNotBlank();
              });
    }
  }

  private String row(String key, JsonNode property) {
    JsonNode fallback = property.path("default");
    String written =
        fallback.isMissingNode()
            ? ""
            : fallback.isTextual() ? fallback.asText() : fallback.toString();
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            key,
            type(property),
            written.isEmpty() ? (fallback.isMissingNode() ? "" : "empty") : "`" + written + "`",
            property.path("description").asText());
  }

  private String type(JsonNode property) {
    if (property.path("$ref").asText("").contains("uration")) {
      return "duration";
    }
    JsonNode type = schema.resolved(property).path("type");
    return property.has("const")
        ? "`" + property.path("const").asText() + "`"
        : type.isArray() ? "text or list" : TYPES.get(type.asText());
  }
}
