package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code examples/compose} and {@code examples/kubernetes} are valid, and so is what they mount.
 */
@Tag("slow")
class ContainerExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");
  private static final Path SCHEMAS = Path.of("src", "test", "resources", "schemas");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @TempDir Path home;

  private static Schema schema(String name) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(new ObjectMapper().readTree(SCHEMAS.resolve(name).toFile()));
  }

  private static JsonNode compose() throws IOException {
    return YAML.readTree(EXAMPLES.resolve("compose/compose.yaml").toFile());
  }

  private static List<JsonNode> kubernetes() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLES.resolve("kubernetes"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList()) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
          documents.forEachRemaining(all::add);
        }
      }
    }
    return all;
  }

  private static JsonNode kind(String kind, String name) throws IOException {
    return kubernetes().stream()
        .filter(one -> one.path("kind").asText().equals(kind))
        .filter(one -> one.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_compose_file_is_as_the_specification_has_it() throws Exception {
    assertThat(schema("compose-spec.json").validate(compose())).isEmpty();

    Path config = EXAMPLES.resolve("compose/config/application.properties");
    assertThat(config).content().contains("\nbackup.observe.port = 9464\n");
    assertThat(compose().at("/services/backup/healthcheck/test").toString())
        .contains("\"http://127.0.0.1:9464/observe/health/live\"");
    // the schema finds a misspelt key
    JsonNode wrong = YAML.readTree("services: {backup: {imag: x}}");
    assertThat(schema("compose-spec.json").validate(wrong)).isNotEmpty();
  }

  @Test
  void the_manifests_are_as_kubernetes_has_them() throws Exception {
    Schema schema = schema("kubernetes.json");
    List<JsonNode> all = kubernetes();

    assertThat(all)
        .extracting(one -> one.path("kind").asText())
        .containsExactlyInAnyOrder(
            "ConfigMap",
            "Deployment",
            "PodDisruptionBudget",
            "Secret",
            "Secret",
            "Service",
            "Service",
            "StatefulSet");
    for (JsonNode one : all) {
      JsonNode definition =
          new ObjectMapper()
              .createObjectNode()
              .put("$ref", "#/definitions/" + definition(one))
              .set("definitions", schema.getSchemaNode().get("definitions"));
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                  .getSchema(definition)
                  .validate(one))
          .as("%s %s", one.path("kind").asText(), one.at("/metadata/name").asText())
          .isEmpty();
    }
    JsonNode wrong = YAML.readTree("{apiVersion: v1, kind: Secret, stringDatum: {a: b}}");
    assertThat(schema.validate(wrong)).isNotEmpty();
  }

  private static String definition(JsonNode one) {
    String version = one.path("apiVersion").asText();
    String group = version.contains("/") ? version.replace('/', '.') : "core." + version;
    return "io.k8s.api." + group + "." + one.path("kind").asText();
  }

  /** The program's own judgement of what the containers find at /config. */
  @Test
  void the_configuration_of_both_is_good() throws Exception {
    Path config = EXAMPLES.resolve("compose/config");
    checked(
        Files.readString(config.resolve("application.properties")),
        Files.readString(config.resolve("sites.yaml")));
    JsonNode map = kind("ConfigMap", "camel-akeeba-backup").path("data");
    checked(map.path("application.properties").asText(), map.path("sites.yaml").asText());
  }

  private void checked(String properties, String sites) throws IOException {
    Path secrets = home.resolve("secrets");
    Program program = new Program(home);
    program.properties(properties.replace("/run/secrets", secrets.toString()));
    program.sites(sites.replace("/run/secrets", secrets.toString()));
    for (String name : List.of("api", "shop", "database", "backup/api", "backup/shop")) {
      Files.createDirectories(secrets.resolve(name).getParent());
      if (!Files.isDirectory(secrets.resolve(name))) {
        Files.writeString(secrets.resolve(name), "0123456789abcdef0123");
      }
    }
    if (properties.contains("/run/secrets/database/password")) {
      Files.deleteIfExists(secrets.resolve("database"));
      Files.createDirectories(secrets.resolve("database"));
      Files.writeString(secrets.resolve("database/password"), "0123456789abcdef0123");
    }
    Program.Ended check = program.run("check");
    assertThat(check.code()).as(check.err()).isZero();
    assertThat(check.out()).contains("The configuration is good. Sites: 1");
  }

  /** What a manifest mounts is what another one defines, and what the program reads. */
  @Test
  void the_deployment_has_two_nodes_and_mounts_what_there_is() throws Exception {
    JsonNode deployment = kind("Deployment", "camel-akeeba-backup");
    JsonNode pod = deployment.at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");

    assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(2);
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/livenessProbe/httpGet/path").asText())
        .isEqualTo("/observe/health/live");
    assertThat(container.at("/readinessProbe/httpGet/path").asText())
        .isEqualTo("/observe/health/ready");
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("observe");
    }
    assertThat(container.at("/ports/1/name").asText()).isEqualTo("observe");
    assertThat(kind("ConfigMap", "camel-akeeba-backup").at("/data/application.properties").asText())
        .contains("\nbackup.observe.port = " + container.at("/ports/1/containerPort").asText());
    Set<String> volumes = new TreeSet<>();
    pod.path("volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
    Set<String> mounts = new TreeSet<>();
    Set<String> paths = new TreeSet<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      mounts.add(mount.path("name").asText());
      paths.add(mount.path("mountPath").asText());
    }
    assertThat(mounts).isEqualTo(volumes);
    assertThat(paths).contains("/config", "/data", "/tmp");
    for (JsonNode volume : pod.path("volumes")) {
      if (volume.has("secret")) {
        kind("Secret", volume.at("/secret/secretName").asText());
      }
      if (volume.has("configMap")) {
        kind("ConfigMap", volume.at("/configMap/name").asText());
      }
    }
    JsonNode labels = deployment.at("/spec/template/metadata/labels");
    for (String other : List.of("PodDisruptionBudget", "Service")) {
      JsonNode selector = kind(other, "camel-akeeba-backup").at("/spec/selector");
      assertThat(selector.has("matchLabels") ? selector.get("matchLabels") : selector)
          .isEqualTo(labels);
    }
  }

  @ParameterizedTest
  @CsvSource({"compose/compose.yaml", "kubernetes/backup.yaml", "kubernetes/database.yaml"})
  void an_image_is_named_with_its_version(String file) throws Exception {
    assertThat(Files.readAllLines(EXAMPLES.resolve(file)))
        .filteredOn(line -> line.strip().startsWith("image:"))
        .isNotEmpty()
        .allMatch(line -> line.matches("\\s+image: [a-z./-]+:v?[0-9][0-9.]*"));
  }

  /** Each secret that Compose mounts is one that a file of the example's README makes. */
  @Test
  void the_readme_makes_each_secret_of_the_compose_file() throws Exception {
    String readme = Files.readString(EXAMPLES.resolve("compose/README.md"));
    JsonNode compose = compose();
    compose
        .path("secrets")
        .forEach(secret -> assertThat(readme).contains(secret.path("file").asText().substring(2)));
    for (JsonNode service : compose.path("services")) {
      service
          .path("secrets")
          .forEach(used -> assertThat(compose.path("secrets").has(used.asText())).isTrue());
    }
  }
}
