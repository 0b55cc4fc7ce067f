package io.github.camelakeeba.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One of the shipped route files, as a tree.
 *
 * @param file its path
 * @param tree a list of routes, templates, configurations and rest services
 */
record RouteFile(Path file, ArrayNode tree) {
  private static final Path ROUTES = Path.of("routes");

  /** A route, a template's route or a configuration; the node holds its description and steps. */
  record Part(String kind, String id, JsonNode node) {}

  /** Of the file only these configurations. */
  RouteFile configurations(Set<String> ids) {
    ArrayNode configurations = JsonNodeFactory.instance.arrayNode();
    for (JsonNode entry : tree) {
      if (ids.contains(entry.path("routeConfiguration").path("id").asText())) {
        configurations.add(entry);
      }
    }
    return new RouteFile(file, configurations);
  }

  /** By its name without the ending; {@code kamelets/…} are the Kamelets. */
  static RouteFile of(String name) {
    String ending = name.startsWith("kamelets/") ? ".kamelet.yaml" : ".camel.yaml";
    return read(ROUTES.resolve(name + ending));
  }

  /** All of them. */
  static Stream<RouteFile> all() {
    return below(ROUTES, ".camel.yaml");
  }

  /** The Kamelets, each as a list of one. */
  static Stream<RouteFile> kamelets() {
    return below(ROUTES.resolve("kamelets"), ".kamelet.yaml");
  }

  private static Stream<RouteFile> below(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .map(RouteFile::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RouteFile read(Path file) {
    try {
      Object loaded =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      JsonNode tree = tree(loaded);
      return new RouteFile(
          file, tree.isArray() ? (ArrayNode) tree : JsonNodeFactory.instance.arrayNode().add(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(Object loaded) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (loaded instanceof Map<?, ?> map) {
      ObjectNode node = json.objectNode();
      map.forEach((key, value) -> node.set(String.valueOf(key), tree(value)));
      return node;
    }
    if (loaded instanceof List<?> list) {
      ArrayNode node = json.arrayNode();
      list.forEach(value -> node.add(tree(value)));
      return node;
    }
    if (loaded instanceof Boolean flag) {
      return json.booleanNode(flag);
    }
    if (loaded instanceof Integer number) {
      return json.numberNode(number);
    }
    return json.textNode(String.valueOf(loaded));
  }

  /** The error handler of those of its routes that name none: the type, such as noErrorHandler. */
  Optional<String> errorHandler() {
    JsonNode types = tree.path(0).path("errorHandler");
    return types.isEmpty() ? Optional.empty() : Optional.of(types.fieldNames().next());
  }

  /** What stands in the file, without its error handler. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (JsonNode entry : tree) {
      String kind = entry.fieldNames().next();
      if (kind.equals("errorHandler")) {
        continue;
      }
      JsonNode node = entry.get(kind);
      String id = node.path("id").asText();
      parts.add(new Part(kind, id, kind.equals("routeTemplate") ? node.path("route") : node));
    }
    return parts;
  }

  /** Every node below this one with the key that it stands under. */
  static void walk(JsonNode node, BiConsumer<String, JsonNode> visitor) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        visitor.accept(entry.getKey(), entry.getValue());
        walk(entry.getValue(), visitor);
      }
    } else {
      node.forEach(one -> walk(one, visitor));
    }
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
