package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the values of {@code {{env:NAME}}} and its kin in their place, before types are checked. */
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

  /** The value with everything inside it resolved; mappings and lists are changed in place. */
  JsonNode resolve(JsonNode value, String pointer) {
    if (value instanceof ObjectNode mapping) {
      for (Map.Entry<String, JsonNode> entry : Map.copyOf(entries(mapping)).entrySet()) {
        String below = SourceLocations.child(pointer, entry.getKey());
        mapping.set(entry.getKey(), resolve(entry.getValue(), below));
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

  private static Map<String, JsonNode> entries(ObjectNode mapping) {
    Map<String, JsonNode> entries = new java.util.LinkedHashMap<>();
    mapping.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  private JsonNode text(String written, String pointer) {
    problems.locations().original(pointer, written);
    try {
      String resolved = resolver.apply(written);
      return resolved == null ? JsonNodeFactory.instance.nullNode() : typed(resolved, pointer);
    } catch (IllegalArgumentException e) {
      // the exception's own text is not used: a vault's might tell more than it should
      problems.reportValue(pointer, unresolved(written));
      return JsonNodeFactory.instance.textNode(written);
    }
  }

  private JsonNode typed(String resolved, String pointer) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (schema.type(pointer)) {
      case "integer" ->
          resolved.strip().matches("-?\\d{1,18}")
              ? json.numberNode(Long.parseLong(resolved.strip()))
              : json.textNode(resolved);
      case "boolean" ->
          resolved.strip().matches("true|false")
              ? json.booleanNode("true".equals(resolved.strip()))
              : json.textNode(resolved);
      default -> json.textNode(resolved);
    };
  }

  private String unresolved(String written) {
    Matcher functions = FUNCTION.matcher(written);
    while (functions.find()) {
      if (!resolves(functions.group())) {
        return sentence(functions.group(1).strip());
      }
    }
    return "the property function cannot be resolved; write {{env:NAME}} or {{name}}";
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
    if (function.startsWith("sys:")) {
      return "the system property " + function.substring(4) + " is not set";
    }
    return "{{"
        + function
        + "}} cannot be resolved; is it set in config/application.properties, or env: forgotten?";
  }
}
