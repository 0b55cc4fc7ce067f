package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.akeeba.StepAnswer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows that the dump of a table should hold. No archive carries such counts, but the answer of
 * a step that ends within a table names it and "rows done / rows counted" (measured on Akeeba
 * Backup 9/10).
 *
 * @param tables rows by the table's real name, for at most {@value #MAX_TABLES} tables
 */
@Internal
public record ExpectedRows(Map<String, Long> tables) {
  static final int MAX_TABLES = 300; // only those that take longer than a step are reported
  public static final ExpectedRows NONE = new ExpectedRows(Map.of());
  private static final int MAX_NAME_LENGTH = 128; // MySQL's and PostgreSQL's names are shorter
  private static final Set<String> DUMP_DOMAINS = Set.of("PackDB", "db");
  private static final Pattern COUNT = Pattern.compile("\\d{1,18} / (\\d{1,18})");

  /** These and what the answer of a step says: the largest count of a table stays. */
  public ExpectedRows plus(StepAnswer step) {
    Matcher count = COUNT.matcher(step.substep());
    if (!DUMP_DOMAINS.contains(step.domain())
        || step.step().isBlank()
        || step.step().length() > MAX_NAME_LENGTH
        || !count.matches()) {
      return this;
    }
    long rows = Long.parseLong(count.group(1));
    Long known = tables.get(step.step());
    if (known == null ? tables.size() >= MAX_TABLES : known >= rows) {
      return this;
    }
    Map<String, Long> more = new TreeMap<>(tables);
    more.put(step.step(), rows);
    return new ExpectedRows(Map.copyOf(more));
  }
}
