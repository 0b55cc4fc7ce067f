package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Replaces property functions such as {@code {{env:NAME}}} before types are checked. */
final class PlaceholderResolver {
  private static final Pattern FUNCTION = Pattern.compile("\\{\\{([^{}]*)}}");

  private final UnaryOperator<String> resolver;
  private final SitesSchema schema;
  private final ConfigurationProblems problems;

  PlaceholderResolver(
      UnaryOperator<String> resolver, SitesSchema schema, ConfigurationProblems problems) {
    this.resolver = resolver;
    this.schema = schema;
    this.problems = problems;
  }

  /** The resolved value; mappings and lists are changed in place. */
  JsonNode resolve(JsonNode value, String pointer) {
    if (value instanceof ObjectNode mapping) {
      for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
        entry.setValue(resolve(entry.getValue(), SourceLocations.child(pointer, entry.getKey())));
      }
    } else if (value instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, resolve(list.get(i), SourceLocations.child(pointer, String.valueOf(i))));
      }
    } else if (value.isTextual() && value.asText().contains("{{")) {
      return text(value.asText(), pointer);
    }
    return value;
  }

  private JsonNode text(String written, String pointer) {
    problems.locations().original(pointer, written);
    try {
      String resolved = resolver.apply(written);
      return resolved == null
          ? JsonNodeFactory.instance.nullNode()
          : schema.typed(resolved, pointer);
    } catch (IllegalArgumentException e) {
      // the exception's own text is not used: a vault's might reveal more than it should
      problems.reportValue(pointer, unresolved(written));
      return JsonNodeFactory.instance.textNode(written);
    }
  }

  private String unresolved(String written) {
    return FUNCTION
        .matcher(written)
        .results()
        .filter(function -> !resolves(function.group()))
        .findFirst()
        .map(function -> sentence(function.group(1).strip()))
        .orElse("the property function cannot be resolved; write {{env:NAME}} or {{name}}");
  }

  private boolean resolves(String function) {
    try {
      resolver.apply(function);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String sentence(String function) {
    if (function.matches("env[:.].+")) {
      return "the environment variable " + function.substring(4) + " is not set";
    }
    return function.startsWith("sys:")
        ? "the system property " + function.substring(4) + " is not set"
        : "{{%s}} cannot be resolved; is it set in config/application.properties, or env: forgotten?"
            .formatted(function);
  }
}
