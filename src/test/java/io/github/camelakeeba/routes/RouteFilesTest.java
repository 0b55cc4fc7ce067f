package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the route files, kept by the build so that nobody has to. */
class RouteFilesTest {
  private static final String CANONICAL = "/schema/camelYamlDsl-canonical.json";
  private static final int LONGEST_FILE = 140;
  private static final int MOST_STEPS = 20;

  /** No dot: Simple would read it as a property. */
  private static final String OUR_VARIABLE = "(backup|akeeba)-[a-z-]+";

  private static Schema schema;

  @BeforeAll
  static void read_the_schema_of_the_yaml_dsl() throws IOException {
    schema = schemaOfTheYamlDsl();
  }

  /** Of what is canonical in it. */
  static Schema schemaOfTheYamlDsl() throws IOException {
    try (InputStream in = RouteFilesTest.class.getResourceAsStream(CANONICAL)) {
      JsonNode canonical = new ObjectMapper().readTree(in);
      JsonNode definitions = canonical.at("/items/definitions");
      // 4.22.0 demands every data format at once (architecture, trap 10)
      for (String wrong : List.of("MarshalDefinition", "UnmarshalDefinition")) {
        ((ObjectNode) definitions.path("org.apache.camel.model." + wrong)).remove("required");
      }
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
          .getSchema(canonical.toString());
    }
  }

  static List<RouteFile> files() {
    return RouteFile.all().toList();
  }

  @Test
  void the_schema_refuses_what_is_not_canonical() {
    String compact = "[{\"route\":{\"from\":{\"uri\":\"direct:a\",\"steps\":[{\"log\":\"hi\"}]}}}]";
    assertThat(schema.validate(compact, InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_file_is_canonical_yaml(RouteFile file) {
    assertThat(schema.validate(file.tree().toString(), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void the_class_path_has_the_same_file(RouteFile file) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/camel-akeeba-backup/routes/" + file)) {
      assertThat(in).hasSameContentAs(Files.newInputStream(file.file()));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_file_and_its_routes_stay_short(RouteFile file) throws IOException {
    assertThat(Files.readAllLines(file.file())).hasSizeLessThanOrEqualTo(LONGEST_FILE);
    for (RouteFile.Part part : file.parts()) {
      List<JsonNode> steps = new ArrayList<>();
      RouteFile.walk(
          part.node(),
          (key, node) -> {
            if (key.equals("steps")) {
              node.forEach(steps::add);
            }
          });
      assertThat(steps).as(part.id()).hasSizeLessThanOrEqualTo(MOST_STEPS);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everything_has_an_id_in_kebab_case_and_one_sentence(RouteFile file) {
    for (RouteFile.Part part : file.parts()) {
      if (part.kind().equals("rest")) {
        part.node().findValues("path").stream()
            .filter(path -> !path.asText().equals("/api"))
            .forEach(path -> assertThat(path.asText()).startsWith("/"));
        for (JsonNode verb : List.of(part.node().path("get"), part.node().path("post"))) {
          verb.forEach(operation -> described(operation.path("id").asText(), operation));
        }
      } else {
        described(part.id(), part.node());
        if (!part.kind().equals("routeConfiguration")) {
          assertThat(part.node().path("group").asText()).as(part.id()).matches("[a-z]+");
        }
      }
    }
  }

  /** One that asks one bean, or one value, is read at a glance, and so is an error handler. */
  @ParameterizedTest
  @MethodSource("files")
  void an_expression_stands_on_one_line(RouteFile file) throws IOException {
    assertThat(Files.readAllLines(file.file()))
        .noneMatch(line -> line.matches(" *(- )?(expression|handled|errorHandler):"));
  }

  private static void described(String id, JsonNode node) {
    assertThat(id).matches("[a-z]+(-[a-z]+)*");
    assertThat(node.path("description").asText())
        .as("description of " + id)
        .matches("(?s)[A-Z].{8,160}[.?]")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_step_that_leaves_the_process_says_why(RouteFile file) {
    for (RouteFile.Part part : file.parts()) {
      RouteFile.walk(
          part.node().path("from"),
          (key, node) -> {
            String uri = node.path("uri").asText();
            boolean inside = uri.matches("(direct|seda|scheduler|log):.*");
            if (List.of("to", "toD", "wireTap", "enrich", "pollEnrich").contains(key) && !inside) {
              assertThat(node.path("id").asText()).as("id of " + uri).isNotEmpty();
              assertThat(node.path("description").asText()).as("why " + uri).isNotEmpty();
            }
          });
    }
  }

  /** Else that of a host would be ours too: one that repeats, or one that swallows. */
  @ParameterizedTest
  @MethodSource("files")
  void every_route_has_an_error_handler_of_its_own_or_its_file(RouteFile file) {
    if (file.parts().stream().anyMatch(part -> part.kind().equals("routeConfiguration"))) {
      assertThat(file.errorHandler()).as("it would be the configuration's too").isEmpty();
    }
    for (RouteFile.Part part : file.parts()) {
      JsonNode route = part.node().has("route") ? part.node().path("route") : part.node();
      if (route.has("from")) {
        boolean configured = route.has("routeConfigurationId");
        String handler =
            route.has("errorHandler")
                ? route.path("errorHandler").fieldNames().next()
                : part.kind().equals("route") ? file.errorHandler().orElse("none") : "none";
        assertThat(handler)
            .as(part.id())
            .isEqualTo(configured ? "defaultErrorHandler" : "noErrorHandler");
        assertThat(route.path("errorHandler").findValue("redeliveryPolicy")).isNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void addresses_have_parameters_and_no_query_strings(RouteFile file) {
    RouteFile.walk(
        file.tree(),
        (key, node) -> {
          if (key.equals("uri")) {
            assertThat(node.asText()).doesNotContain("?");
          }
        });
  }

  /** A host's exchange passes through some of our routes: its own variables stay its own. */
  @ParameterizedTest
  @MethodSource("files")
  void every_variable_has_a_prefix_of_ours(RouteFile file) {
    RouteFile.walk(
        file.tree(),
        (key, node) -> {
          if (key.equals("setVariable") || key.equals("removeVariable")) {
            assertThat(node.path("name").asText()).matches(OUR_VARIABLE);
          }
          if (key.equals("variableSend") || key.equals("variableReceive")) {
            assertThat(node.asText()).matches(OUR_VARIABLE);
          }
        });
  }

  @Test
  void beans_read_no_variable_without_a_prefix_of_ours() throws IOException {
    Pattern names = Pattern.compile("(?:@Variable|[gs]etVariable)\\(\\s*\"([^\"]+)\"");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        assertThat(names.matcher(Files.readString(file)).results().map(found -> found.group(1)))
            .as("%s", file)
            .allMatch(name -> name.matches(OUR_VARIABLE));
      }
    }
  }

  /** Measured on 4.22.0: what a bean leaves last is seen one round late in an InOut exchange. */
  @ParameterizedTest
  @MethodSource("files")
  void a_loop_on_the_body_ends_with_setBody(RouteFile file) {
    for (RouteFile.Part part : file.parts()) {
      RouteFile.walk(
          part.node(),
          (key, node) -> {
            if (key.equals("loop") && node.path("doWhile").asBoolean()) {
              boolean onBody = node.path("expression").toString().contains("body");
              JsonNode steps = node.path("steps");
              assertThat(steps.path(steps.size() - 1).fieldNames().next())
                  .as("the last step of a loop in %s", part.id())
                  .matches(onBody ? "setBody" : "(?!bean$).*");
            }
          });
    }
  }

  @Test
  void direct_names_are_route_ids_and_each_is_there_once() {
    Set<String> ids = new HashSet<>();
    Set<String> called = new HashSet<>();
    for (RouteFile file : files()) {
      for (RouteFile.Part part : file.parts()) {
        assertThat(ids.add(part.id())).as("%s is there once", part.id()).isTrue();
        String from = part.node().path("from").path("uri").asText();
        if (from.startsWith("direct:")) {
          assertThat(from).isEqualTo("direct:" + part.id());
        }
      }
      RouteFile.walk(
          file.tree(),
          (key, node) -> {
            String uri = key.equals("uri") ? node.asText() : "";
            if (uri.startsWith("direct:") && !uri.contains("{{")) {
              called.add(uri.substring("direct:".length()));
            }
          });
    }
    assertThat(ids).containsAll(called);
  }
}
