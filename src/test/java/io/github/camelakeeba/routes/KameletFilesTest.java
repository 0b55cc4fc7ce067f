package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of Apache's own catalog of Kamelets, for ours. */
class KameletFilesTest {
  private static final Path FOLDER = Path.of("routes/kamelets");
  private static final String SUFFIX = ".kamelet.yaml";
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z]+)(:[^}]*)?}}");

  private static Schema schema;

  @BeforeAll
  static void read_the_schema_of_the_yaml_dsl() throws IOException {
    schema = RouteFilesTest.schemaOfTheYamlDsl();
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(SUFFIX, "");
  }

  private static String version() throws IOException {
    Matcher version =
        Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @Test
  void the_example_uses_this_version() throws IOException {
    assertThat(Files.readString(Path.of("examples/spring-boot/pom.xml")))
        .contains("<camel-akeeba-backup.version>" + version() + "</camel-akeeba-backup.version>");
  }

  @Test
  void there_are_six_actions_a_source_and_a_sink() throws IOException {
    assertThat(files())
        .extracting(KameletFilesTest::name)
        .containsExactly(
            "akeeba-backup-action",
            "akeeba-backup-event-source",
            "akeeba-backup-info-action",
            "akeeba-download-action",
            "akeeba-extract-action",
            "akeeba-list-backups-action",
            "akeeba-profiles-action",
            "backup-notify-sink");
  }

  @ParameterizedTest
  @MethodSource("files")
  void it_is_on_the_class_path_where_camel_looks_for_it(Path file) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/kamelets/" + file.getFileName())) {
      assertThat(in).hasSameContentAs(Files.newInputStream(file));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void its_head_is_as_in_the_catalog(Path file) throws IOException {
    JsonNode kamelet = YAML.readTree(file.toFile());
    String name = name(file);
    assertThat(file.toString()).endsWith(SUFFIX);
    assertThat(kamelet.path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
    assertThat(kamelet.path("kind").asText()).isEqualTo("Kamelet");
    assertThat(kamelet.at("/metadata/name").asText()).isEqualTo(name);
    String type = kamelet.at("/metadata/labels").path("camel.apache.org/kamelet.type").asText();
    assertThat(type).isIn("action", "source", "sink");
    assertThat(name).matches("[a-z]+(-[a-z]+)*-" + type);
    JsonNode annotations = kamelet.at("/metadata/annotations");
    for (String annotation :
        List.of(
            "kamelet.support.level",
            "catalog.version",
            "provider",
            "kamelet.icon",
            "kamelet.group",
            "kamelet.namespace")) {
      assertThat(annotations.path("camel.apache.org/" + annotation).asText())
          .as(annotation)
          .isNotEmpty();
    }
    assertThat(annotations.path("camel.apache.org/kamelet.support.level").asText())
        .isIn("Preview", "Stable");
    assertThat(kamelet.at("/spec/dependencies"))
        .extracting(JsonNode::asText)
        .contains("camel:kamelet", "mvn:io.github.camelakeeba:camel-akeeba-backup:" + version());
    JsonNode types = kamelet.at("/spec/types");
    assertThat(types.path(type.equals("sink") ? "in" : "out").path("mediaType").asText())
        .isEqualTo(
            type.equals("action") && !name.equals("akeeba-backup-action")
                ? "application/json"
                : "application/cloudevents+json");
  }

  @ParameterizedTest
  @MethodSource("files")
  void its_properties_say_what_they_are(Path file) throws IOException {
    JsonNode definition = YAML.readTree(file.toFile()).at("/spec/definition");
    String title = name(file).replace('-', ' ');
    assertThat(definition.path("title").asText()).isEqualToIgnoringCase(title);
    assertThat(definition.path("description").asText()).contains(".");
    assertThat(definition.path("type").asText()).isEqualTo("object");
    definition
        .path("properties")
        .properties()
        .forEach(
            property -> {
              assertThat(property.getKey()).matches("[a-z][A-Za-z]*");
              assertThat(property.getValue().path("title").asText()).isNotEmpty();
              assertThat(property.getValue().path("description").asText()).endsWith(".");
              assertThat(property.getValue().path("type").asText())
                  .isIn("string", "boolean", "integer", "number");
              assertThat(property.getValue().has("example")).as("example").isTrue();
            });
    for (JsonNode required : definition.path("required")) {
      JsonNode property = definition.path("properties").path(required.asText());
      assertThat(property.isObject()).as(required.asText()).isTrue();
      assertThat(property.has("default")).as("default of what is required").isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void its_template_uses_each_property_and_no_other(Path file) throws IOException {
    JsonNode spec = YAML.readTree(file.toFile()).path("spec");
    JsonNode properties = spec.at("/definition/properties");
    List<String> required = new java.util.ArrayList<>();
    spec.at("/definition/required").forEach(one -> required.add(one.asText()));
    Set<String> used = new TreeSet<>();
    Matcher placeholders = PLACEHOLDER.matcher(spec.path("template").toString());
    while (placeholders.find()) {
      String property = placeholders.group(1);
      used.add(property);
      boolean optional = placeholders.group().startsWith("{{?") || placeholders.group(2) != null;
      assertThat(optional)
          .as("%s has a value, or is optional", property)
          .isEqualTo(!required.contains(property) && !properties.path(property).has("default"));
    }
    Set<String> declared = new TreeSet<>();
    properties.fieldNames().forEachRemaining(declared::add);
    assertThat(used).isEqualTo(declared);
  }

  @ParameterizedTest
  @MethodSource("files")
  void its_template_is_canonical_yaml_with_the_right_ends(Path file) throws IOException {
    JsonNode kamelet = YAML.readTree(file.toFile());
    ObjectMapper json = new ObjectMapper();
    JsonNode route =
        json.createArrayNode()
            .add(json.createObjectNode().set("route", kamelet.at("/spec/template")));
    assertThat(schema.validate(route.toString(), InputFormat.JSON)).isEmpty();
    String type = kamelet.at("/metadata/labels").path("camel.apache.org/kamelet.type").asText();
    List<String> uris = kamelet.at("/spec/template").findValuesAsText("uri");
    assertThat(uris.contains("kamelet:source")).isEqualTo(!type.equals("source"));
    assertThat(uris.contains("kamelet:sink")).isEqualTo(type.equals("source"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void the_routes_that_it_calls_are_there(Path file) throws IOException {
    Set<String> ids = new TreeSet<>();
    RouteFile.all().forEach(one -> one.parts().forEach(part -> ids.add("direct:" + part.id())));
    List<String> called =
        YAML
            .readTree(file.toFile())
            .at("/spec/template/from/steps")
            .findValuesAsText("uri")
            .stream()
            .filter(uri -> uri.startsWith("direct:"))
            .toList();
    assertThat(ids).containsAll(called);
  }
}
