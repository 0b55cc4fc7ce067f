package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Texts, numbers, lists and maps, no object with methods to call; what is not known is absent. */
final class DataModelBuilder {
  private static final DateTimeFormatter TIME_FORMAT =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss xxx '('VV')'", Locale.ENGLISH);

  /** As people write it: an offset of nothing would be shown as "Z". */
  private static final ZoneId UTC = ZoneId.of("UTC");

  private final Map<String, Object> model = new HashMap<>();
  private final ZoneId zone;

  /** With times in this zone; null: in UTC. */
  DataModelBuilder(ZoneId zone) {
    this.zone = zone == null ? UTC : zone;
    model.put("test", false);
    model.put("reminder", false);
  }

  /** The zone that all of these sites have; null: they have several. */
  static ZoneId commonZone(Collection<String> names, Map<String, Site> sites) {
    ZoneId common = null;
    for (String name : names) {
      ZoneId zone = zoneOf(sites.get(name));
      if (common != null && !common.equals(zone)) {
        return null;
      }
      common = zone;
    }
    return common;
  }

  static ZoneId zoneOf(Site site) {
    return site == null ? UTC : site.zone();
  }

  /** A text of at most one line; an empty one is left out. */
  void putLine(String name, String value) {
    if (value != null && !value.isBlank()) {
      model.put(name, UntrustedText.oneLine(value, 500));
    }
  }

  void put(String name, Object value) {
    if (value != null) {
      model.put(name, value);
    }
  }

  String formatTime(Instant instant) {
    return instant == null ? null : TIME_FORMAT.format(instant.atZone(zone));
  }

  static String formatDuration(Instant from, Instant until) {
    return from == null || until == null ? null : HumanFormat.age(from, until);
  }

  Map<String, Object> toModel() {
    return model;
  }
}
