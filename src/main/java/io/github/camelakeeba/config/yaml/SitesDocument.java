package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A file, or the rows of a source: each with its own places and problems.
 *
 * @param root resolved, and checked against the schema
 * @param defaults of its sites: its own, then those of {@code sites.yaml}
 * @param main whether it is {@code sites.yaml}
 */
record SitesDocument(
    JsonNode root, ConfigurationProblems problems, ConfigSection defaults, boolean main) {
  ConfigSection section(
      SitesSchema schema, String definition, ConfigSection fallback, String... keys) {
    JsonNode own = root;
    String pointer = "";
    for (String key : keys) {
      own = own.isArray() ? own.path(Integer.parseInt(key)) : own.path(key);
      pointer = SourceLocations.child(pointer, key);
    }
    return new ConfigSection(
        schema, schema.definition(definition), problems, pointer, own, fallback);
  }

  /** Where the value is: {@code config/sites.yaml:3}. */
  String place(String pointer) {
    return problems.locations().place(pointer);
  }
}
