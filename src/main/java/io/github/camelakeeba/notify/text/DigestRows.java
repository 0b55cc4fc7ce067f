package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The events of a digest one by one, as templates see them: when, which site, and what. */
final class DigestRows {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter TIME_AND_OFFSET =
      DateTimeFormatter.ofPattern("d MMM, HH:mm xxx", Locale.ENGLISH);

  private final Map<String, Site> sites;
  private final ZoneId zone;

  /** Times are in this zone; null: in that of each site. */
  DigestRows(Map<String, Site> sites, ZoneId zone) {
    this.sites = sites;
    this.zone = zone;
  }

  String times(List<Digest.Entry> entries) {
    String first = time(entries.get(0), entries.get(0).time());
    Digest.Entry end = entries.get(entries.size() - 1);
    String last = time(end, end.time());
    return first.equals(last) ? first : first + " to " + last;
  }

  /** Without the reason of a failure where the group has it. */
  Map<String, Object> row(Digest.Entry entry, boolean withReason) {
    return Map.of(
        "time", time(entry, entry.time()),
        "site", String.valueOf(entry.site()),
        "state", entry.state(),
        "what", summary(entry, withReason));
  }

  private String time(Digest.Entry entry, Instant at) {
    return zone == null
        ? TIME_AND_OFFSET.format(at.atZone(DataModelBuilder.zoneOf(sites.get(entry.site()))))
        : TIME.format(at.atZone(zone));
  }

  private String summary(Digest.Entry entry, boolean withReason) {
    StringJoiner what = new StringJoiner("; ");
    if (entry.reminder()) {
      what.add("still");
    }
    if (entry.error() != null && withReason) {
      what.add(entry.error().kind() + ": " + message(entry));
    }
    if (entry.reason() != null && withReason) {
      what.add(UntrustedText.asCause(entry.reason()).replaceFirst("\\.$", ""));
    }
    if (entry.tables() != null && "proved".equals(entry.state())) {
      what.add("restored on %s: %s".formatted(entry.server(), counted(entry)));
    }
    if (entry.warnings() > 0) {
      what.add(entry.warnings() + (entry.warnings() == 1 ? " warning" : " warnings"));
    }
    if (entry.gapMs() != null) {
      boolean missed = "missed".equals(entry.state());
      String gap = HumanFormat.duration(Duration.ofMillis(entry.gapMs()));
      what.add(missed ? "no good backup for " + gap : "good again after " + gap);
    }
    if (entry.failures() > 1) {
      what.add(entry.failures() + ("failed".equals(entry.state()) ? " in a row" : " failures"));
    }
    if (entry.lastGoodAt() != null && "failed".equals(entry.state())) {
      what.add("last good " + time(entry, entry.lastGoodAt()));
    }
    if (entry.size() > 0 && entry.error() == null) {
      what.add(HumanFormat.size(entry.size()) + duration(entry));
    }
    return what.toString();
  }

  private static String counted(Digest.Entry entry) {
    return HumanFormat.counted(entry.tables(), entry.rows());
  }

  private static String duration(Digest.Entry entry) {
    return entry.durationMs() == null
        ? ""
        : " in " + HumanFormat.duration(Duration.ofMillis(entry.durationMs()));
  }

  private static String message(Digest.Entry entry) {
    return UntrustedText.asCause(String.valueOf(entry.error().message())).replaceFirst("\\.$", "");
  }
}
