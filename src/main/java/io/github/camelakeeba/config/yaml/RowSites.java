package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.config.yaml.SourceRows.Row;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rows of a source as the entries of {@code sites} that they stand for. */
final class RowSites {
  /**
   * A list from elsewhere chooses neither files nor endpoints of this machine: whoever may write it
   * could have any file sent to a server of his own, or a command run.
   */
  private static final Set<String> OURS =
      Set.of(
          "secretFile",
          "tokenFile",
          "badgeFile",
          "archivePasswordFile",
          "ca",
          "download",
          "restoreTest");

  /** What a value from elsewhere may add to the name of a file or to a URI. */
  private static final Pattern PLAIN_NAME = Pattern.compile("(?!\\.+$)[\\p{L}\\p{N}._ -]+");

  private final SitesSchema schema;
  private final RowTemplate template;
  private final String name;
  private final boolean elsewhere;
  private final ConfigurationProblems problems;
  private final Map<String, Integer> rowsByName = new HashMap<>();

  /**
   * @param name of each site, with columns in braces
   * @param elsewhere whether the list is not one of this machine's files
   * @param problems of the list, whose lines are its rows
   */
  RowSites(
      SitesSchema schema,
      RowTemplate template,
      String name,
      boolean elsewhere,
      ConfigurationProblems problems) {
    this.schema = schema;
    this.template = template;
    this.name = name;
    this.elsewhere = elsewhere;
    this.problems = problems;
  }

  /** A document's root. */
  ObjectNode read(SourceRows rows) {
    ObjectNode sites = JsonNodeFactory.instance.objectNode();
    rows.rows().forEach(row -> add(row, sites));
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("sites", sites);
    return root;
  }

  private void add(Row row, ObjectNode sites) {
    Map<String, String> texts = row.texts();
    String site = RowTemplate.filled(name, texts);
    if (site == null) {
      problems.reportLine(
          row.number(), "the site has no name: a column of '%s' is empty".formatted(name));
      return;
    }
    Integer other = rowsByName.putIfAbsent(site, row.number());
    if (other != null) {
      problems.reportLine(
          row.number(),
          "sites.%s: stands here and in row %s; keep one of the two".formatted(site, other));
      return;
    }
    String pointer = SourceLocations.child("/sites", site);
    problems.locations().recordKey(pointer, row.number());
    ObjectNode values = template.filled(texts);
    if (elsewhere) {
      checkFilled(values, texts, pointer);
    }
    row.values()
        .properties()
        .forEach(value -> put(value.getKey(), value.getValue(), values, pointer));
    sites.set(site, typed(values, pointer));
  }

  /** A column that is a key of a site, or with a dot one of its mappings. */
  private void put(String column, JsonNode value, ObjectNode site, String pointer) {
    String key = key(column, schema);
    if (key == null) {
      return;
    }
    if (elsewhere && OURS.contains(key)) {
      problems.reportValue(
          SourceLocations.child(pointer, key),
          "may not stand in a list from elsewhere, since it names something of this machine; write"
              + " it in 'template'");
      return;
    }
    if (elsewhere && value.toString().contains("{{")) {
      problems.reportValue(
          SourceLocations.child(pointer, key),
          "property functions are not resolved in a list from elsewhere; write them in 'template'");
      return;
    }
    if (key.equals(column)) {
      site.set(key, value);
    } else {
      ObjectNode mapping = site.withObjectProperty(key);
      mapping.set(column.substring(key.length() + 1), value);
    }
  }

  /** The key of a site that the column is, or null. */
  static String key(String column, SitesSchema schema) {
    JsonNode keys = schema.definition("site").path("properties");
    if (keys.has(column)) {
      return column;
    }
    int dot = column.indexOf('.');
    String mapping = dot < 1 ? "" : column.substring(0, dot);
    boolean has = schema.resolved(keys.path(mapping)).path("type").asText().equals("object");
    return has ? mapping : null;
  }

  /** What the template names of this machine with a value from elsewhere. */
  private void checkFilled(ObjectNode values, Map<String, String> row, String pointer) {
    for (String key : OURS) {
      Set<String> columns = new LinkedHashSet<>(template.columnsOf(key));
      columns.removeIf(
          column -> !row.containsKey(column) || PLAIN_NAME.matcher(row.get(column)).matches());
      if (values.has(key) && !columns.isEmpty()) {
        problems.reportValue(
            SourceLocations.child(pointer, key),
            "the column '%s' must have letters, digits, dot, dash, underscore and space only, since it becomes part of a name on this machine"
                .formatted(columns.iterator().next()));
      }
    }
  }

  /** Texts as the schema's types: a cell of CSV is always a text. */
  private JsonNode typed(JsonNode value, String pointer) {
    if (value instanceof ObjectNode mapping) {
      mapping
          .properties()
          .forEach(
              entry ->
                  entry.setValue(
                      typed(entry.getValue(), SourceLocations.child(pointer, entry.getKey()))));
      return mapping;
    }
    if (!value.isTextual()) {
      return value;
    }
    String text = value.asText();
    if (pointer.endsWith("/tags") && text.matches("(?s).*[,;].*")) {
      ArrayNode tags = JsonNodeFactory.instance.arrayNode();
      Pattern.compile("[,;]")
          .splitAsStream(text)
          .map(String::strip)
          .filter(tag -> !tag.isEmpty())
          .forEach(tags::add);
      return tags;
    }
    return schema.typed(text, pointer);
  }
}
