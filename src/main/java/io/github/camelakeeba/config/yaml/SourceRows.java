package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.source.SourceContent.Format;
import io.github.camelakeeba.config.source.SourceUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A list of sites as rows of named values.
 *
 * @param columns of all rows, in their order
 */
record SourceRows(List<Row> rows, Set<String> columns) {
  static final int MAX_ROWS = 50_000;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  /**
   * One site.
   *
   * @param number from 1; in CSV the header is the first, as a spreadsheet counts
   * @param values of the columns that are not empty
   */
  record Row(int number, ObjectNode values) {
    /** Those that are neither lists nor mappings, as texts. */
    Map<String, String> texts() {
      Map<String, String> texts = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> value : values.properties()) {
        if (value.getValue().isValueNode()) {
          texts.put(value.getKey(), value.getValue().asText());
        }
      }
      return texts;
    }
  }

  /** Throws with what is wrong; no sentence repeats a piece of the list. */
  static SourceRows of(byte[] bytes, Format format) throws SourceUnavailableException {
    String text = text(bytes);
    SourceRows rows =
        switch (format) {
          case CSV -> csv(text);
          case JSON -> of(json(text));
          case YAML -> of(yaml(text));
        };
    if (rows.rows().isEmpty()) {
      throw new SourceUnavailableException("it has no row; a list without sites is not believed");
    }
    return rows;
  }

  /** What the sites are called, by a pattern with columns in braces. */
  Set<String> names(String pattern) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.add(RowTemplate.filled(pattern, row.texts())));
    names.remove(null); // reported by its row
    return names;
  }

  private static SourceRows of(List<Row> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> row.values().fieldNames().forEachRemaining(columns::add));
    return new SourceRows(rows, columns);
  }

  private static String text(byte[] bytes) throws SourceUnavailableException {
    try {
      return SitesFiles.withoutMark(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new SourceUnavailableException("it is not UTF-8 text");
    }
  }

  private static SourceRows csv(String text) throws SourceUnavailableException {
    try {
      return CsvRows.of(text);
    } catch (NoClassDefFoundError e) {
      throw new SourceUnavailableException(
          "CSV needs the jar jackson-dataformat-csv on the class path");
    }
  }

  private static List<Row> json(String text) throws SourceUnavailableException {
    List<Row> rows = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw notAList();
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        add(rows, parser.readValueAsTree());
      }
      if (parser.nextToken() != null) {
        throw notAList();
      }
      return rows;
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new SourceUnavailableException("it is not JSON");
    }
  }

  private static SourceUnavailableException notJson(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " (line %s, column %s)"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    boolean twice = e instanceof JsonParseException && e.getMessage().startsWith("Duplicate");
    return new SourceUnavailableException(
        (twice ? "a key stands twice in one row" : "it is not JSON") + where);
  }

  private static List<Row> yaml(String text) throws SourceUnavailableException {
    ConfigurationProblems problems = new ConfigurationProblems(new SourceLocations("line"));
    List<String> sentences;
    try {
      JsonNode list = new YamlReader(problems).read(text);
      if (!list.isArray()) {
        throw notAList();
      }
      List<Row> rows = new ArrayList<>();
      for (JsonNode row : list) {
        add(rows, row);
      }
      sentences = problems.sentences();
      if (sentences.isEmpty()) {
        return rows;
      }
    } catch (ConfigurationException e) {
      sentences = e.problems();
    }
    throw new SourceUnavailableException(
        "it cannot be read as YAML: " + sentences.get(0).replaceFirst("^line:", "line "));
  }

  private static void add(List<Row> rows, JsonNode row) throws SourceUnavailableException {
    if (!(row instanceof ObjectNode values)) {
      throw notAList();
    }
    values.removeIf(value -> value.isNull() || value.isTextual() && value.asText().isBlank());
    checkNumber(rows.size() + 1);
    rows.add(new Row(rows.size() + 1, values));
  }

  static void checkNumber(int rows) throws SourceUnavailableException {
    if (rows > MAX_ROWS) {
      throw new SourceUnavailableException("it has more than %s rows".formatted(MAX_ROWS));
    }
  }

  private static SourceUnavailableException notAList() {
    return new SourceUnavailableException("it must be a list of sites, a mapping of keys each");
  }
}
