package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The values of a source's template that name columns, filled in for each row. */
final class RowTemplate {
  private static final Pattern COLUMN = Pattern.compile("\\{([^{}]{1,100})}");

  /** Filled in at each backup, unless a column is called so. */
  private static final Set<String> OF_A_BACKUP = Set.of("site", "date", "time", "profile");

  private final ObjectNode values;

  private RowTemplate(ObjectNode values) {
    this.values = values;
  }

  /** Takes what names columns out of the template, whose rest is the same for all rows. */
  static RowTemplate takenFrom(JsonNode template) {
    ObjectNode taken = JsonNodeFactory.instance.objectNode();
    if (template instanceof ObjectNode mapping) {
      take(mapping, taken);
    }
    return new RowTemplate(taken);
  }

  private static void take(ObjectNode from, ObjectNode to) {
    List<String> taken = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : from.properties()) {
      if (entry.getValue() instanceof ObjectNode mapping) {
        ObjectNode below = JsonNodeFactory.instance.objectNode();
        take(mapping, below);
        if (!below.isEmpty()) {
          to.set(entry.getKey(), below);
        }
      } else if (namesColumn(entry.getValue())) {
        to.set(entry.getKey(), entry.getValue());
        taken.add(entry.getKey());
      }
    }
    from.remove(taken);
  }

  private static boolean namesColumn(JsonNode value) {
    return value.isTextual() && COLUMN.matcher(value.asText()).find()
        || value.isArray() && value.valueStream().anyMatch(RowTemplate::namesColumn);
  }

  /** The columns that must be there. */
  Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    collect(values, columns);
    return columns;
  }

  /** All that the value of one key names. */
  Set<String> columnsOf(String key) {
    Set<String> columns = new LinkedHashSet<>();
    collect(values.path(key), columns);
    return columns;
  }

  /** Those of secrets, which may be pieces of one that holds braces: they are not shown. */
  Set<String> secretColumns() {
    Set<String> columns = columnsOf("secret");
    columns.addAll(columnsOf("token"));
    return columns;
  }

  private static void collect(JsonNode value, Set<String> columns) {
    if (value.isTextual()) {
      columns.addAll(columns(value.asText()));
    } else {
      value.forEach(one -> collect(one, columns));
    }
  }

  /** Those that a text names. */
  static List<String> columns(String text) {
    return COLUMN
        .matcher(text)
        .results()
        .map(column -> column.group(1))
        .filter(column -> !OF_A_BACKUP.contains(column))
        .toList();
  }

  /** The text with the row's values; null where one of them is empty. */
  static String filled(String text, Map<String, String> row) {
    boolean empty =
        COLUMN
            .matcher(text)
            .results()
            .map(column -> column.group(1))
            .anyMatch(column -> !row.containsKey(column) && !OF_A_BACKUP.contains(column));
    return empty ? null : COLUMN.matcher(text).replaceAll(column -> value(column, row));
  }

  private static String value(MatchResult column, Map<String, String> row) {
    return java.util.regex.Matcher.quoteReplacement(
        row.getOrDefault(column.group(1), column.group()));
  }

  /** What it says of the row: without the values whose columns are empty there. */
  ObjectNode filled(Map<String, String> row) {
    return (ObjectNode) filled(values, row);
  }

  private static JsonNode filled(JsonNode value, Map<String, String> row) {
    if (value instanceof ObjectNode mapping) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
        JsonNode one = filled(entry.getValue(), row);
        if (one != null) {
          filled.set(entry.getKey(), one);
        }
      }
      return filled;
    }
    if (value instanceof ArrayNode list) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      list.forEach(
          item -> {
            JsonNode one = filled(item, row);
            if (one != null) {
              filled.add(one);
            }
          });
      return filled;
    }
    String text = value.isTextual() ? filled(value.asText(), row) : null;
    return value.isTextual() ? text == null ? null : TextNode.valueOf(text) : value;
  }
}
