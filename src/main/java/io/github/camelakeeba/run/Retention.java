package io.github.camelakeeba.run;

import io.github.camelakeeba.site.Download;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which archives of a site are let go: those that no rule keeps, and never the last good one. */
final class Retention {
  /** The oldest first; sites tell whole seconds only. */
  private static final Comparator<KeptArchive> AGE =
      Comparator.comparing(KeptArchive::begun).thenComparing(KeptArchive::recordId);

  private Retention() {}

  /**
   * The archives that nothing keeps, the oldest first.
   *
   * @param archives of one site, one profile and one place, in any order
   * @param zone in which days, weeks and months begin
   */
  static List<KeptArchive> surplus(
      List<KeptArchive> archives, Download rules, ZoneId zone, Instant now) {
    if (!rules.letsGo() || archives.isEmpty()) {
      return List.of();
    }
    List<KeptArchive> newest = new ArrayList<>(archives);
    newest.sort(AGE.reversed());
    Set<KeptArchive> kept = new LinkedHashSet<>();
    kept.add(newest.get(0));
    newest.stream().filter(KeptArchive::readable).findFirst().ifPresent(kept::add);
    if (rules.keep() != null) {
      newest.stream().limit(rules.keep()).forEach(kept::add);
    }
    if (rules.keepDays() != null) {
      Instant since = now.minus(Duration.ofDays(rules.keepDays()));
      newest.stream().filter(one -> !one.begun().isBefore(since)).forEach(kept::add);
    }
    first(newest, rules.keepWeekly(), zone, Retention::week, kept);
    first(newest, rules.keepMonthly(), zone, YearMonth::from, kept);
    return newest.stream().filter(one -> !kept.contains(one)).sorted(AGE).toList();
  }

  /** The newest archive of each of so many spans in which there is one. */
  private static void first(
      List<KeptArchive> newest,
      Integer spans,
      ZoneId zone,
      Function<LocalDate, Object> span,
      Set<KeptArchive> kept) {
    Set<Object> seen = new LinkedHashSet<>();
    for (KeptArchive one : newest) {
      if (spans != null
          && seen.add(span.apply(one.begun().atZone(zone).toLocalDate()))
          && seen.size() <= spans) {
        kept.add(one);
      }
    }
  }

  private static Object week(LocalDate day) {
    return day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }
}
