package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Digest;
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
final class DigestModel {
  private final Digest digest;
  private final Map<String, Site> sites;
  private final ZoneId zone;

  private DigestModel(Digest digest, Map<String, Site> sites) {
    this.digest = digest;
    this.sites = sites;
    this.zone = DisplayZone.common(names(), sites);
  }

  private List<String> names() {
    return digest.data().events().stream().map(Digest.Entry::site).distinct().toList();
  }

  /** The facts; times are in the sites' zone where they have the same. */
  static Map<String, Object> of(Digest digest, Map<String, Site> sites) {
    return new DigestModel(digest, sites).toModel();
  }

  private Map<String, Object> toModel() {
    Digest.Data data = digest.data();
    DataModelBuilder facts = new DataModelBuilder(zone);
    facts.put("state", "digest");
    facts.put("test", digest.id().startsWith(SampleMessages.ID_PREFIX));
    facts.putLine("channel", data.channel());
    facts.putLine("reason", data.reason());
    facts.putLine("time", facts.formatTime(digest.time()));
    facts.putLine("from", facts.formatTime(data.from()));
    facts.putLine("until", facts.formatTime(data.until()));
    facts.putLine("within", within(Duration.between(data.from(), data.until())));
    facts.put("total", data.events().size());
    facts.put("sites", count(names().size()));
    List<Map<String, Object>> sections = sections();
    facts.put("sections", sections);
    facts.putLine(
        "sum",
        sections.stream()
            .map(section -> section.get("count") + " " + section.get("state"))
            .collect(Collectors.joining(", ")));
    facts.put("worst", sections.isEmpty() ? null : sections.get(0).get("state"));
    facts.putLine("common", common(sections));
    return facts.toModel();
  }

  private static String within(Duration time) {
    return time.compareTo(Duration.ofMinutes(1)) <= 0 ? "a minute" : HumanFormat.duration(time);
  }

  static String count(int number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  private List<Map<String, Object>> sections() {
    Map<String, List<Digest.Entry>> byState = new LinkedHashMap<>();
    Digest.STATES_BY_SEVERITY.forEach(state -> byState.put(state, new ArrayList<>()));
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
                Map.of("state", state, "count", count(entries.size()), "groups", groups.toModel()));
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
