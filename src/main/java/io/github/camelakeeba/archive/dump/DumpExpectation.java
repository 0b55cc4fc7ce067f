package io.github.camelakeeba.archive.dump;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the site said of its dump: rows by real table names, counted before, and its warnings. */
public record DumpExpectation(Map<String, Long> rows, List<String> warnings) {
  public static final DumpExpectation NONE = new DumpExpectation(Map.of(), List.of());

  boolean hasWarningOf(String table) {
    Pattern name = Pattern.compile("(?<![\\w$])" + Pattern.quote(table) + "(?![\\w$])");
    return warnings.stream().anyMatch(warning -> name.matcher(warning).find());
  }
}
