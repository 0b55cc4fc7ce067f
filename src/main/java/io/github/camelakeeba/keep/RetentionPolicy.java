package io.github.camelakeeba.keep;

import io.github.camelakeeba.config.DownloadSettings;
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

/** Which archives of a site are deleted: those that no rule keeps, and never the last good one. */
final class RetentionPolicy {
  /** The oldest first; sites give whole seconds only. */
  private static final Comparator<StoredArchive> BY_AGE =
      Comparator.comparing(StoredArchive::startedAt).thenComparing(StoredArchive::recordId);

  private RetentionPolicy() {}

  /** Of one site, profile and location, oldest first; days, weeks and months begin in the zone. */
  static List<StoredArchive> expired(
      List<StoredArchive> archives, DownloadSettings rules, ZoneId zone, Instant now) {
    if (!rules.hasRetention() || archives.isEmpty()) {
      return List.of();
    }
    List<StoredArchive> newest = new ArrayList<>(archives);
    newest.sort(BY_AGE.reversed());
    Set<StoredArchive> kept = new LinkedHashSet<>();
    kept.add(newest.get(0));
    newest.stream().filter(StoredArchive::verified).findFirst().ifPresent(kept::add);
    if (rules.keep() != null) {
      newest.stream().limit(rules.keep()).forEach(kept::add);
    }
    if (rules.keepDays() != null) {
      Instant since = now.minus(Duration.ofDays(rules.keepDays()));
      newest.stream().filter(one -> !one.startedAt().isBefore(since)).forEach(kept::add);
    }
    keepNewest(newest, rules.keepWeekly(), zone, RetentionPolicy::week, kept);
    keepNewest(newest, rules.keepMonthly(), zone, YearMonth::from, kept);
    return newest.stream().filter(one -> !kept.contains(one)).sorted(BY_AGE).toList();
  }

  /** The newest archive of each of so many spans in which there is one. */
  private static void keepNewest(
      List<StoredArchive> newest,
      Integer spans,
      ZoneId zone,
      Function<LocalDate, Object> span,
      Set<StoredArchive> kept) {
    Set<Object> seen = new LinkedHashSet<>();
    for (StoredArchive one : newest) {
      if (spans != null
          && seen.add(span.apply(one.startedAt().atZone(zone).toLocalDate()))
          && seen.size() <= spans) {
        kept.add(one);
      }
    }
  }

  private static Object week(LocalDate day) {
    return day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }
}
