package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.github.camelakeeba.config.source.SourceUnavailableException;
import io.github.camelakeeba.config.yaml.SourceRows.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** CSV with a header; commas, semicolons or tabs, as the header has most of. */
final class CsvRows {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();

  private CsvRows() {}

  static SourceRows of(String text) throws SourceUnavailableException {
    List<Row> rows = new ArrayList<>();
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(text));
    int number = 0;
    String[] header = null;
    try (MappingIterator<String[]> lines =
        CSV.readerFor(String[].class).with(schema).readValues(text)) {
      while (lines.hasNextValue()) {
        number++;
        String[] cells = lines.nextValue();
        if (header == null) {
          header = header(cells);
        } else {
          ObjectNode values = values(header, cells, number);
          if (!values.isEmpty()) {
            rows.add(new Row(number, values));
            SourceRows.checkNumber(rows.size());
          }
        }
      }
    } catch (JsonProcessingException e) {
      throw new SourceUnavailableException(
          "it is not CSV: after row %s a quotation mark is not closed, or stands in a value; write it twice there"
              .formatted(number));
    } catch (IOException e) {
      throw new SourceUnavailableException("it is not CSV");
    }
    Set<String> columns = new LinkedHashSet<>(List.of(header == null ? new String[0] : header));
    columns.remove("");
    return new SourceRows(rows, columns);
  }

  private static char separator(String text) {
    String header = text.lines().findFirst().orElse("");
    char best = ',';
    for (char one : new char[] {';', '\t'}) {
      if (count(header, one) > count(header, best)) {
        best = one;
      }
    }
    return best;
  }

  private static long count(String text, char what) {
    return text.chars().filter(c -> c == what).count();
  }

  private static String[] header(String[] cells) throws SourceUnavailableException {
    Set<String> names = new HashSet<>();
    String[] header = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      header[i] = cells[i] == null ? "" : cells[i].strip();
      if (!header[i].isEmpty() && !names.add(header[i])) {
        throw new SourceUnavailableException("its header has a column twice");
      }
    }
    return header;
  }

  /** Of the cells that are not empty. */
  private static ObjectNode values(String[] header, String[] cells, int number)
      throws SourceUnavailableException {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] == null || cells[i].isBlank()) {
        continue;
      }
      if (i >= header.length) {
        throw new SourceUnavailableException(
            "its row %s has more values than the header has columns; a value with a separator must be in quotes"
                .formatted(number));
      }
      if (!header[i].isEmpty()) {
        values.put(header[i], cells[i].strip());
      }
    }
    return values;
  }
}
