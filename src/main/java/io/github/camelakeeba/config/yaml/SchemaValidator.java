package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import io.github.camelakeeba.config.DidYouMean;
import java.util.List;
import java.util.Map;

/** Translates the JSON Schema's errors: the validator's own messages may repeat a secret. */
final class SchemaValidator {
  private static final Map<String, String> TYPES =
      Map.of(
          "integer", "must be a whole number",
          "boolean", "must be true or false",
          "object", "must be a mapping of keys",
          "array", "must be a list",
          "string", "must be text");

  private final SitesSchema schema;
  private final ConfigurationProblems problems;

  SchemaValidator(SitesSchema schema, ConfigurationProblems problems) {
    this.schema = schema;
    this.problems = problems;
  }

  void check(JsonNode configuration) {
    schema.validate(configuration).forEach(this::report);
  }

  private void report(Error error) {
    String pointer = error.getInstanceLocation().toString();
    JsonNode around = schema.around(error);
    switch (error.getKeyword()) {
      case "additionalProperties" ->
          problems.reportValue(
              SourceLocations.child(pointer, error.getProperty()),
              "unknown key"
                  + DidYouMean.of(
                      error.getProperty(), ConfigSection.names(around.path("properties"))));
      case "required" -> problems.reportMapping(pointer, missing(error.getProperty(), around));
      case "propertyNames" ->
          problems.reportValue(
              SourceLocations.child(pointer, error.getProperty()),
              schema.definition("name").path("errorMessage").asText()
                  + (pointer.equals("/sites") ? "; 'title' may hold any other" : ""));
      case "if", "then", "else", "allOf" -> {} // what is inside them reports itself
      default ->
          problems.reportValue(pointer, error.getInstanceNode(), sentence(error, pointer, around));
    }
  }

  private static String missing(String key, JsonNode around) {
    JsonNode example = around.at("/properties/" + key + "/examples/0");
    String text = example.isArray() ? example.path(0).asText() : example.asText("");
    return "'%s' is missing".formatted(key)
        + (text.isEmpty() ? "" : "; write '%s: %s'".formatted(key, text));
  }

  private String sentence(Error error, String pointer, JsonNode around) {
    JsonNode value = error.getInstanceNode();
    if (value.isNull()) {
      return "has no value; write one, or leave the key out";
    }
    String quoted = problems.quoted(pointer, value);
    String message = around.path("errorMessage").asText("");
    if (message.startsWith("is ")) {
      return message;
    }
    return switch (error.getKeyword()) {
      case "type" -> {
        JsonNode wanted = around.path("type");
        // in place of a mapping it may be what belongs into it: a header, a badge's key
        boolean shown =
            !quoted.isEmpty() && !(value.isTextual() && "object".equals(wanted.asText()));
        yield type(wanted, value) + (shown ? ", not " + quoted : "");
      }
      case "minimum", "maximum" ->
          "must be from %s to %s, not %s"
              .formatted(around.path("minimum").asText(), around.path("maximum").asText(), quoted);
      case "enum" ->
          "unknown word " + quoted + DidYouMean.of(value.asText(""), texts(around.path("enum")));
      default -> message.isEmpty() ? "is not allowed" : message;
    };
  }

  private static String type(JsonNode wanted, JsonNode value) {
    if (wanted.isArray()) {
      return texts(wanted).contains("array")
          ? "must be text or a list of texts"
          : "must be text, a number, true or false";
    }
    boolean unquoted = "string".equals(wanted.asText()) && value.isValueNode();
    return TYPES.get(wanted.asText()) + (unquoted ? "; put it in quotes" : "");
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
