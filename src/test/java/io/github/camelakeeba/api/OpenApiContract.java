package io.github.camelakeeba.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.camelakeeba.rest.OpenApiDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document, asked as a caller would ask it. */
final class OpenApiContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

  private final JsonNode document = JSON.valueToTree(new OpenApiDocument().response().body());

  /** One operation. */
  record Operation(String id, String method, String path, JsonNode node) {
    Set<String> statuses() {
      Set<String> statuses = new TreeSet<>();
      node.path("responses").fieldNames().forEachRemaining(statuses::add);
      return statuses;
    }

    boolean sends() {
      return method.equals("POST");
    }
  }

  JsonNode document() {
    return document;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (var path : document.path("paths").properties()) {
      for (var one : path.getValue().properties()) {
        if (METHODS.contains(one.getKey())) {
          operations.add(
              new Operation(
                  one.getValue().path("operationId").asText(),
                  one.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  one.getValue()));
        }
      }
    }
    return operations;
  }

  Operation operation(String id) {
    return operations().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  JsonNode response(Operation operation, int status) {
    return resolved(operation.node().path("responses").path(String.valueOf(status)));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** What is wrong with this body by this schema of the document. */
  List<String> faults(JsonNode schema, String body) {
    ObjectNode whole = JSON.createObjectNode();
    whole.set("allOf", JSON.createArrayNode().add(schema));
    whole.set("components", document.path("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(whole.toString())
        .validate(body, InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }
}
