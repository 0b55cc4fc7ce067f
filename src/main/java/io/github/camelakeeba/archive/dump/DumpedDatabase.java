package io.github.camelakeeba.archive.dump;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A database as {@code installation/sql/databases.json} lists it. The list is made before the dump
 * begins, so it is right also where the dump is damaged.
 *
 * @param name what its SQL files are called, without their ends
 * @param parts number of its SQL files; 0 when the list does not say
 * @param prefix what {@code #__} stands for
 * @param tables what was to be dumped, by the names that the dump uses: tables and views; with old
 *     installers, which don't distinguish kinds, also routines
 * @param code triggers and routines, where they are told from tables: kind and name
 */
record DumpedDatabase(
    String name, int parts, String prefix, List<String> tables, List<String> code) {
  static final List<String> KINDS_OF_CODE = List.of("trigger", "procedure", "function", "event");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those of a list; throws {@link IOException} when it is no such list. */
  static List<DumpedDatabase> list(byte[] json) throws IOException {
    JsonNode list = JSON.readTree(json);
    if (!list.isObject() && !(list.isArray() && list.isEmpty())) { // PHP's empty list is an array
      throw new IOException("no JSON object");
    }
    List<DumpedDatabase> databases = new ArrayList<>();
    list.forEach(one -> databases.add(of(one)));
    return databases;
  }

  private static DumpedDatabase of(JsonNode one) {
    JsonNode listed = one.path("tables");
    List<String> tables = new ArrayList<>();
    List<String> code = new ArrayList<>();
    if (listed.isObject()) {
      listed.path("table").forEach(table -> tables.add(table.asText()));
      listed.path("view").forEach(view -> tables.add(view.asText()));
      for (String kind : KINDS_OF_CODE) {
        listed.path(kind).forEach(name -> code.add(DumpFile.code(kind, name.asText())));
      }
    } else {
      listed.forEach(table -> tables.add(table.asText()));
    }
    return new DumpedDatabase(
        DumpReader.database(one.path("sqlfile").asText("")),
        one.path("parts").asInt(0),
        one.path("prefix").asText(""),
        tables,
        code);
  }

  /** A table's name on the site. */
  String real(String table) {
    return table.startsWith("#__") ? prefix + table.substring(3) : table;
  }
}
