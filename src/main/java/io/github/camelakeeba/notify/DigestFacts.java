package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Site;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a template may print of several events: by state, the worst first, and failures by their
 * reason, so that a common cause is seen at a glance. The time grows with the events only.
 */
final class DigestFacts {
  private final Digest digest;
  private final Map<String, Site> sites;
  private final ZoneId zone;

  private DigestFacts(Digest digest, Map<String, Site> sites) {
    this.digest = digest;
    this.sites = sites;
    this.zone = Zones.common(names(), sites);
  }

  private List<String> names() {
    return digest.data().events().stream().map(Digest.Entry::site).distinct().toList();
  }

  /** The facts; times are in the sites' zone where they have the same. */
  static Map<String, Object> of(Digest digest, Map<String, Site> sites) {
    return new DigestFacts(digest, sites).facts();
  }

  private Map<String, Object> facts() {
    Digest.Data data = digest.data();
    Facts facts = new Facts(zone);
    facts.put("state", "digest");
    facts.put("test", digest.id().startsWith(TrialMessages.PREFIX));
    facts.line("channel", data.channel());
    facts.line("reason", data.reason());
    facts.line("time", facts.when(digest.time()));
    facts.line("from", facts.when(data.from()));
    facts.line("until", facts.when(data.until()));
    facts.line("within", within(Duration.between(data.from(), data.until())));
    facts.put("total", data.events().size());
    facts.put("sites", count(names().size()));
    List<Map<String, Object>> sections = sections();
    facts.put("sections", sections);
    facts.line(
        "sum",
        sections.stream()
            .map(section -> section.get("count") + " " + section.get("state"))
            .collect(Collectors.joining(", ")));
    facts.put("worst", sections.isEmpty() ? null : sections.get(0).get("state"));
    facts.line("common", common(sections));
    return facts.map();
  }

  private static String within(Duration time) {
    return time.compareTo(Duration.ofMinutes(1)) <= 0 ? "a minute" : Readable.duration(time);
  }

  static String count(int number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  private List<Map<String, Object>> sections() {
    Map<String, List<Digest.Entry>> byState = new LinkedHashMap<>();
    Digest.WORST_FIRST.forEach(state -> byState.put(state, new ArrayList<>()));
    digest
        .data()
        .events()
        .forEach(
            entry -> byState.computeIfAbsent(entry.state(), state -> new ArrayList<>()).add(entry));
    List<Map<String, Object>> sections = new ArrayList<>();
    byState.forEach(
        (state, entries) -> {
          if (!entries.isEmpty()) {
            DigestGroups groups = new DigestGroups(sites, zone);
            entries.forEach(groups::add);
            sections.add(
                Map.of("state", state, "count", count(entries.size()), "groups", groups.facts()));
          }
        });
    return sections;
  }

  /** The reason that at least half of what failed has in common. */
  private static String common(List<Map<String, Object>> sections) {
    if (sections.isEmpty()) {
      return null;
    }
    Map<?, ?> first = (Map<?, ?>) ((List<?>) sections.get(0).get("groups")).get(0);
    return Boolean.TRUE.equals(first.get("common")) ? (String) first.get("reason") : null;
  }
}
