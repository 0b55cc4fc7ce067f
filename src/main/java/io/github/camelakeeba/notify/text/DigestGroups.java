package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The events of one state: what has one reason in a group, the largest first, then the rest. */
final class DigestGroups {
  private static final int MAX_ROWS = 6; // a larger group is listed by its names alone
  private static final int MAX_NAMES_IN_CHAT = 30;

  private record Reason(String kind, String message) {}

  private final Map<String, Site> sites;
  private final DigestRows rows;
  private final Map<Reason, List<Digest.Entry>> byReason = new LinkedHashMap<>();
  private final List<Digest.Entry> rest = new ArrayList<>();
  private int size;

  DigestGroups(Map<String, Site> sites, ZoneId zone) {
    this.sites = sites;
    this.rows = new DigestRows(sites, zone);
  }

  void add(Digest.Entry entry) {
    size++;
    if (entry.error() == null && entry.reason() == null) {
      rest.add(entry);
    } else {
      byReason.computeIfAbsent(reason(entry), reason -> new ArrayList<>()).add(entry);
    }
  }

  /** Without the site's own host, many sites have the same. */
  private Reason reason(Digest.Entry entry) {
    Site site = sites.get(entry.site());
    String host = site == null ? null : site.url().getHost();
    boolean proof = entry.error() == null;
    String message = String.valueOf(proof ? entry.reason() : entry.error().message());
    return new Reason(
        proof ? entry.state() : entry.error().kind(),
        host == null || host.isEmpty() ? message : message.replace(host, "…"));
  }

  List<Map<String, Object>> toModel() {
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
    group.put("sites", DigestModel.count(names.size()));
    group.put("some", names(names, MAX_NAMES_IN_CHAT));
    group.put("others", false);
    group.put("common", reason != null && entries.size() * 2 >= size);
    if (reason != null) {
      group.put("kind", reason.kind());
      group.put("reason", UntrustedText.asCause(reason.message()));
      Digest.Entry one = entries.get(0);
      String advice =
          "missed".equals(one.state())
              ? Remedies.missed(one.site(), one.failures(), reason.kind())
              : Remedies.of(reason.kind());
      if (!advice.isEmpty()) {
        group.put("advice", advice);
      }
    }
    boolean manyForOneReason = reason != null && entries.size() > MAX_ROWS;
    if (manyForOneReason) {
      group.put("names", names(names, Integer.MAX_VALUE));
      group.put("time", rows.times(entries));
    }
    group.put(
        "entries",
        manyForOneReason
            ? List.of()
            : entries.stream().map(entry -> rows.row(entry, reason == null)).toList());
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
        ? listed + " and " + DigestModel.count(names.size() - most) + " more"
        : listed.toString();
  }
}
