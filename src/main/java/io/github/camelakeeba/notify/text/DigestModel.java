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

/** The data model of a digest: by state, the worst first, failures by their reason. */
final class DigestModel {
  private final Digest digest;
  private final Map<String, Site> sites;
  private final ZoneId zone;

  private DigestModel(Digest digest, Map<String, Site> sites) {
    this.digest = digest;
    this.sites = sites;
    this.zone = DataModelBuilder.commonZone(names(), sites);
  }

  private List<String> names() {
    return digest.data().events().stream().map(Digest.Entry::site).distinct().toList();
  }

  static Map<String, Object> of(Digest digest, Map<String, Site> sites) {
    return new DigestModel(digest, sites).toModel();
  }

  private Map<String, Object> toModel() {
    Digest.Data data = digest.data();
    DataModelBuilder model = new DataModelBuilder(zone);
    model.put("state", "digest");
    model.put("test", digest.id().startsWith(SampleMessages.ID_PREFIX));
    model.putLine("channel", data.channel());
    model.putLine("reason", data.reason());
    model.putLine("time", model.formatTime(digest.time()));
    model.putLine("from", model.formatTime(data.from()));
    model.putLine("until", model.formatTime(data.until()));
    model.putLine("within", within(Duration.between(data.from(), data.until())));
    model.put("total", data.events().size());
    model.put("sites", count(names().size()));
    List<Map<String, Object>> sections = sections();
    model.put("sections", sections);
    model.putLine(
        "sum",
        sections.stream()
            .map(section -> section.get("count") + " " + section.get("state"))
            .collect(Collectors.joining(", ")));
    model.put("worst", sections.isEmpty() ? null : sections.get(0).get("state"));
    model.putLine("common", common(sections));
    return model.toModel();
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
    for (Digest.Entry entry : digest.data().events()) {
      byState.computeIfAbsent(entry.state(), state -> new ArrayList<>()).add(entry);
    }
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
