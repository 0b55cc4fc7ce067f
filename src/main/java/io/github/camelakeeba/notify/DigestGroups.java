package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The events of one state: what has one reason in a group, the largest first, then the rest. */
final class DigestGroups {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter TIME_AND_OFFSET =
      DateTimeFormatter.ofPattern("d MMM, HH:mm xxx", Locale.ENGLISH);

  /** A larger group is told by its names alone. */
  private static final int MOST_ROWS = 6;

  private static final int NAMES_IN_A_CHAT = 30;
  private static final int LONGEST_REASON = 300;

  private record Reason(String kind, String message) {}

  private final Map<String, Site> sites;
  private final ZoneId zone;
  private final Map<Reason, List<Digest.Entry>> byReason = new LinkedHashMap<>();
  private final List<Digest.Entry> rest = new ArrayList<>();
  private int size;

  /** Times are in this zone; null: in that of each site. */
  DigestGroups(Map<String, Site> sites, ZoneId zone) {
    this.sites = sites;
    this.zone = zone;
  }

  /** One more, later than those before it. */
  void add(Digest.Entry entry) {
    size++;
    if (entry.error() == null) {
      rest.add(entry);
    } else {
      byReason.computeIfAbsent(reason(entry), reason -> new ArrayList<>()).add(entry);
    }
  }

  /** Without the site's own host in it, many sites have the same. */
  private Reason reason(Digest.Entry entry) {
    Site site = sites.get(entry.site());
    String host = site == null ? null : site.url().getHost();
    String message = String.valueOf(entry.error().message());
    return new Reason(
        entry.error().kind(),
        host == null || host.isEmpty() ? message : message.replace(host, "…"));
  }

  /** The groups as templates see them. */
  List<Map<String, Object>> facts() {
    List<Map<String, Object>> groups = new ArrayList<>();
    List<Digest.Entry> alone = new ArrayList<>(rest);
    byReason.entrySet().stream()
        .sorted(Comparator.comparingInt(group -> -group.getValue().size()))
        .forEach(
            group -> {
              if (group.getValue().size() > 1) {
                groups.add(group(group.getKey(), group.getValue()));
              } else {
                alone.addAll(group.getValue());
              }
            });
    if (!alone.isEmpty()) {
      Map<String, Object> others = group(null, alone);
      others.put("others", !groups.isEmpty());
      groups.add(others);
    }
    return groups;
  }

  private Map<String, Object> group(Reason reason, List<Digest.Entry> entries) {
    Map<String, Object> group = new HashMap<>();
    Map<String, Integer> names = new LinkedHashMap<>();
    entries.forEach(entry -> names.merge(entry.site(), 1, Integer::sum));
    group.put("sites", DigestFacts.count(names.size()));
    group.put("some", names(names, NAMES_IN_A_CHAT));
    group.put("others", false);
    group.put("common", reason != null && entries.size() * 2 >= size);
    if (reason != null) {
      group.put("kind", reason.kind());
      group.put("reason", ServerText.oneLine(reason.message(), LONGEST_REASON));
      String advice = Advice.of(reason.kind());
      if (!advice.isEmpty()) {
        group.put("advice", advice);
      }
    }
    boolean manyForOneReason = reason != null && entries.size() > MOST_ROWS;
    if (manyForOneReason) {
      group.put("names", names(names, Integer.MAX_VALUE));
      group.put("time", times(entries));
    }
    group.put(
        "entries",
        manyForOneReason
            ? List.of()
            : entries.stream().map(entry -> row(entry, reason == null)).toList());
    return group;
  }

  private static String names(Map<String, Integer> names, int most) {
    StringJoiner listed = new StringJoiner(", ");
    names.entrySet().stream()
        .limit(most)
        .forEach(
            name ->
                listed.add(
                    name.getKey() + (name.getValue() > 1 ? " (" + name.getValue() + "×)" : "")));
    return names.size() > most
        ? listed + " and " + DigestFacts.count(names.size() - most) + " more"
        : listed.toString();
  }

  private String times(List<Digest.Entry> entries) {
    String first = time(entries.get(0), entries.get(0).time());
    Digest.Entry end = entries.get(entries.size() - 1);
    String last = time(end, end.time());
    return first.equals(last) ? first : first + " to " + last;
  }

  private Map<String, Object> row(Digest.Entry entry, boolean withReason) {
    return Map.of(
        "time", time(entry, entry.time()),
        "site", String.valueOf(entry.site()),
        "state", entry.state(),
        "what", what(entry, withReason));
  }

  private String time(Digest.Entry entry, Instant at) {
    return zone == null
        ? TIME_AND_OFFSET.format(at.atZone(Zones.of(sites.get(entry.site()))))
        : TIME.format(at.atZone(zone));
  }

  private String what(Digest.Entry entry, boolean withReason) {
    StringJoiner what = new StringJoiner("; ");
    if (entry.reminder()) {
      what.add("still");
    }
    if (entry.error() != null && withReason) {
      what.add(entry.error().kind() + ": " + message(entry));
    }
    if (entry.warnings() > 0) {
      what.add(entry.warnings() + (entry.warnings() == 1 ? " warning" : " warnings"));
    }
    if (entry.gapMs() != null) {
      boolean missed = "missed".equals(entry.state());
      String gap = Readable.duration(Duration.ofMillis(entry.gapMs()));
      what.add(missed ? "no good backup for " + gap : "good again after " + gap);
    }
    if (entry.failures() > 1) {
      what.add(entry.failures() + ("failed".equals(entry.state()) ? " in a row" : " failures"));
    }
    if (entry.lastGoodAt() != null && "failed".equals(entry.state())) {
      what.add("last good " + time(entry, entry.lastGoodAt()));
    }
    if (entry.size() > 0 && entry.error() == null) {
      what.add(Readable.size(entry.size()) + took(entry));
    }
    return what.toString();
  }

  private static String took(Digest.Entry entry) {
    return entry.durationMs() == null
        ? ""
        : " in " + Readable.duration(Duration.ofMillis(entry.durationMs()));
  }

  private static String message(Digest.Entry entry) {
    String message = String.valueOf(entry.error().message());
    return ServerText.oneLine(message, LONGEST_REASON).replaceFirst("\\.$", "");
  }
}
