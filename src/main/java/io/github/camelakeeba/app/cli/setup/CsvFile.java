package io.github.camelakeeba.app.cli.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.github.camelakeeba.app.cli.setup.ImportedSite.Field;
import io.github.camelakeeba.config.DidYouMean;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CSV as RFC 4180 has it, with commas or semicolons: a row of column names, then a row a site. */
final class CsvFile implements ImportFormat {
  /** Besides those of sites.yaml: the name, and how many archives are kept. */
  static final List<String> COLUMNS =
      List.of(
          "name",
          "url",
          "secret",
          "secretFile",
          "token",
          "tokenFile",
          "schedule",
          "zone",
          "profile",
          "tags",
          "title",
          "description",
          "comment",
          "enabled",
          "overdueAfter",
          "download",
          "keep",
          "onServer",
          "host",
          "proxy",
          "ca",
          "busyWait",
          "stepTimeout",
          "deadAfter",
          "maxDuration",
          "shrunk");

  private record Cell(String text, int line) {}

  @Override
  public List<ImportedSite> read(String text, String label, ImportFindings findings) {
    // what Excel writes for itself
    String rest = text.replaceFirst("(?i)^sep=.\\r?\\n", "");
    int firstLine = rest.length() == text.length() ? 1 : 2;
    List<List<Cell>> rows = rows(rest, firstLine, label, findings);
    if (rows.isEmpty()) {
      findings.problem(label + ":1", "the file is empty; its first row must name the columns");
      return List.of();
    }
    List<String> columns = columns(rows.get(0), label, findings);
    return rows.stream().skip(1).map(row -> site(row, columns, label, findings)).toList();
  }

  private static char separator(String text) {
    String head = text.lines().findFirst().orElse("");
    long semicolons = head.chars().filter(c -> c == ';').count();
    return semicolons > head.chars().filter(c -> c == ',').count() ? ';' : ',';
  }

  private static List<List<Cell>> rows(
      String text, int firstLine, String label, ImportFindings findings) {
    List<List<Cell>> rows = new ArrayList<>();
    int line = firstLine;
    try (CsvParser parser = new CsvFactory().createParser(text)) {
      parser.enable(CsvParser.Feature.WRAP_AS_ARRAY);
      parser.enable(CsvParser.Feature.TRIM_SPACES);
      parser.enable(CsvParser.Feature.SKIP_EMPTY_LINES);
      parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator(text)));
      parser.nextToken(); // of the whole
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        List<Cell> row = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          line = parser.currentTokenLocation().getLineNr() + firstLine - 1;
          row.add(new Cell(parser.getText().strip(), line));
        }
        if (row.stream().anyMatch(cell -> !cell.text().isEmpty())) {
          rows.add(row);
        }
      }
    } catch (JsonProcessingException e) {
      // its own text may hold a secret, and its place is where the search for an end has ended
      findings.problem(
          label + ":" + line,
          "is not CSV: a quotation mark is not closed, or something stands behind one");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** The names as COLUMNS has them; "" for one that is none. */
  private static List<String> columns(List<Cell> head, String label, ImportFindings findings) {
    List<String> columns = new ArrayList<>();
    for (Cell cell : head) {
      String place = place(label, cell.line(), columns.size(), UntrustedText.asName(cell.text()));
      String column = COLUMNS.stream().filter(cell.text()::equalsIgnoreCase).findFirst().orElse("");
      if (column.isEmpty()) {
        findings.problem(place, "is not a column" + DidYouMean.of(cell.text(), COLUMNS));
      } else if (columns.contains(column)) {
        findings.problem(place, "stands there twice; keep one");
      }
      columns.add(column);
    }
    if (!columns.contains("url")) {
      findings.problem(
          label + ":" + head.get(0).line(), "there is no column 'url'; the first row names them");
    }
    return columns;
  }

  private static String place(String label, int line, int index, String column) {
    return "%s:%s: column %s (%s)".formatted(label, line, index + 1, column);
  }

  private static ImportedSite site(
      List<Cell> row, List<String> columns, String label, ImportFindings findings) {
    String place = label + ":" + row.get(0).line();
    if (row.size() > columns.size()) {
      findings.problem(
          place, "has %s cells, the first row %s".formatted(row.size(), columns.size()));
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    String name = null;
    for (int i = 0; i < Math.min(row.size(), columns.size()); i++) {
      String column = columns.get(i);
      String text = row.get(i).text();
      if (column.equals("name")) {
        name = text.isEmpty() ? null : text;
      } else if (!text.isEmpty() && !column.isEmpty()) {
        fields.put(column, field(column, text, place(label, row.get(i).line(), i, column)));
      }
    }
    return new ImportedSite(place, name, withDownload(fields, findings));
  }

  private static Field field(String column, String text, String place) {
    return switch (column) {
      case "secret", "token" -> Field.credentialOrFunction(column, text, place);
      case "profile", "enabled", "keep" -> Field.word(column, text, place);
      case "tags" -> Field.yaml(column, tags(text), place);
      default -> Field.text(column, text, place);
    };
  }

  private static String tags(String text) {
    return Stream.of(text.split("[,;|]"))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .map(YamlScalar::quoted)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Folder and number are one key in sites.yaml. */
  private static List<Field> withDownload(Map<String, Field> fields, ImportFindings findings) {
    Field to = fields.get("download");
    Field keep = fields.remove("keep");
    if (to == null && keep != null) {
      findings.problem(keep.place(), "goes with the column download, which is empty here");
    } else if (to != null) {
      String more = keep == null ? "" : ", keep: " + keep.text();
      // in braces a plain text might end early
      String folder = to.text().startsWith("\"") ? to.text() : YamlScalar.quoted(to.text());
      fields.put("download", Field.yaml("download", "{to: " + folder + more + "}", to.place()));
    }
    return List.copyOf(fields.values());
  }
}
