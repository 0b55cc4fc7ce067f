package io.github.camelakeeba.archive.dump;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is known of a dump beside itself.
 *
 * @param rows by real table names, as the site counted them before
 * @param warnings of the site
 * @param there whether there must be one: the last backup of the same profile had one
 */
public record DumpExpectation(Map<String, Long> rows, List<String> warnings, boolean there) {
  public static final DumpExpectation NONE = new DumpExpectation(Map.of(), List.of());

  /** Of a backup that may be one of files only. */
  public DumpExpectation(Map<String, Long> rows, List<String> warnings) {
    this(rows, warnings, false);
  }

  boolean hasWarningOf(String table) {
    Pattern name = Pattern.compile("(?<![\\w$])" + Pattern.quote(table) + "(?![\\w$])");
    return warnings.stream().anyMatch(warning -> name.matcher(warning).find());
  }
}
