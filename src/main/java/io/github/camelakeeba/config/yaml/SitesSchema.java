package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code config/sites.schema.json}: what the file may hold, and the one source of the defaults. */
final class SitesSchema {
  private static final String RESOURCE = "config/sites.schema.json";

  private final JsonNode root;
  private final Schema validator;

  SitesSchema() {
    Dialect dialect =
        Dialect.builder(Dialects.getDraft202012())
            .keyword(new AnnotationKeyword("errorMessage"))
            .build();
    this.root = read();
    this.validator = SchemaRegistry.withDialect(dialect).getSchema(root);
  }

  List<Error> validate(JsonNode configuration) {
    return validator.validate(configuration);
  }

  /** The definition of one kind of mapping: site, limits, mail, … */
  JsonNode definition(String name) {
    return root.at("/$defs/" + name);
  }

  /** The schema that an error comes from: not the keyword's value but what surrounds it. */
  JsonNode around(Error error) {
    String pointer = error.getSchemaLocation().getFragment().toString();
    return root.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  /** The type word of the value at this place of the file, or "" where several are allowed. */
  String type(String pointer) {
    JsonNode at = root;
    for (String key : pointer.split("/", -1)) {
      if (at == root && key.isEmpty()) {
        continue; // before the first slash
      }
      JsonNode property = at.path("properties").path(key);
      at = resolved(property.isMissingNode() ? at.path("additionalProperties") : property);
    }
    return at.path("type").asText("");
  }

  /** The text as a value of the type that stands at this place of the file. */
  JsonNode typed(String text, String pointer) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    String type = type(pointer);
    String word = text.strip();
    if (type.equals("integer") && word.matches("-?\\d{1,18}")) {
      return json.numberNode(Long.parseLong(word));
    }
    return type.equals("boolean") && word.matches("true|false")
        ? json.booleanNode(word.equals("true"))
        : json.textNode(text);
  }

  JsonNode resolved(JsonNode schema) {
    JsonNode at = schema;
    while (at.has("$ref")) {
      at = root.at(at.get("$ref").asText().substring(1));
    }
    return at;
  }

  private static JsonNode read() {
    try (InputStream schema = SitesSchema.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      return new ObjectMapper().readTree(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
