package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import io.github.camelakeeba.config.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the JSON Schema finds wrong, in words of our own: the validator's may repeat a secret. */
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
      case "additionalProperties" -> unknownKey(pointer, error.getProperty(), around);
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

  private void unknownKey(String pointer, String key, JsonNode around) {
    Set<String> allowed = ConfigSection.names(around.path("properties"));
    String below = SourceLocations.child(pointer, key);
    problems.reportValue(below, "unknown key" + DidYouMean.of(key, allowed));
  }

  private static String missing(String key, JsonNode around) {
    JsonNode example = around.at("/properties/" + key + "/examples/0");
    String text = example.isArray() ? example.path(0).asText() : example.asText("");
    return "'"
        + key
        + "' is missing"
        + (text.isEmpty() ? "" : "; write '" + key + ": " + text + "'");
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
      case "type" -> type(around.path("type"), value) + (quoted.isEmpty() ? "" : ", not " + quoted);
      case "minimum", "maximum" ->
          "must be from "
              + around.path("minimum").asText()
              + " to "
              + around.path("maximum").asText()
              + ", not "
              + quoted;
      case "enum" -> enumeration(around.path("enum"), value, quoted);
      default -> message.isEmpty() ? "is not allowed" : message;
    };
  }

  private static String type(JsonNode wanted, JsonNode value) {
    if (wanted.isArray()) {
      List<String> words = wanted.valueStream().map(JsonNode::asText).toList();
      return words.contains("array")
          ? "must be text or a list of texts"
          : "must be text, a number, true or false";
    }
    boolean unquoted = "string".equals(wanted.asText()) && value.isValueNode();
    return TYPES.get(wanted.asText()) + (unquoted ? "; put it in quotes" : "");
  }

  private static String enumeration(JsonNode allowed, JsonNode value, String quoted) {
    List<String> words = allowed.valueStream().map(JsonNode::asText).toList();
    String word = value.asText("");
    return "unknown word " + quoted + DidYouMean.of(word, words);
  }
}
