package io.github.camelakeeba.config.proof;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which tables are not compared with those of the last good backup.
 *
 * @param ignore names with {@code *} for any characters, with or without the prefix {@code #__}
 */
public record CensusSettings(List<String> ignore) {
  /** Tables that any honest night may empty; the default of the schema is the same. */
  public static final CensusSettings SHIPPED =
      new CensusSettings(
          List.of(
              "*session",
              "*sessions",
              "*cache",
              "*cache_*",
              "*_log",
              "*_logs",
              "*actionlog*",
              "*transient*",
              "*_tmp",
              "*_temp",
              "*_queue",
              "*finder_*",
              "*redirect_links",
              "*actionscheduler_*",
              "*_hits",
              "*_visits",
              "*_indexable*"));

  /** Of a table as the dump names it: {@code #__session}, or the name itself without a prefix. */
  public boolean ignores(String table) {
    String plain = table.replaceFirst("^#__", "");
    return ignore.stream()
        .map(CensusSettings::pattern)
        .anyMatch(name -> name.matcher(table).matches() || name.matcher(plain).matches());
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile(
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.CASE_INSENSITIVE);
  }
}
