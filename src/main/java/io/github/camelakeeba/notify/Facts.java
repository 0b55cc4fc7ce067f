package io.github.camelakeeba.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a template may print, as it is collected: texts, numbers, lists and maps, never an object
 * whose methods could be called. What is not known is absent.
 */
final class Facts {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss xxx '('VV')'", Locale.ENGLISH);
  private static final int LONGEST_LINE = 500;

  private final Map<String, Object> facts = new HashMap<>();
  private final ZoneId zone;

  /** With times in this zone; null: in UTC. */
  Facts(ZoneId zone) {
    this.zone = zone == null ? Zones.UTC : zone;
    facts.put("test", false);
    facts.put("reminder", false);
  }

  /** A text of at most one line; an empty one is left out. */
  void line(String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.put(name, ServerText.oneLine(value, LONGEST_LINE));
    }
  }

  /** Anything else; null is left out. */
  void put(String name, Object value) {
    if (value != null) {
      facts.put(name, value);
    }
  }

  /** A time as people read it, or null. */
  String when(Instant instant) {
    return instant == null ? null : WHEN.format(instant.atZone(zone));
  }

  /** The time between, as people read it, or null when one of both is not known. */
  static String between(Instant from, Instant until) {
    if (from == null || until == null) {
      return null;
    }
    Duration time = Duration.between(from, until);
    return Readable.duration(time.isNegative() ? Duration.ZERO : time);
  }

  /** What was collected. */
  Map<String, Object> map() {
    return facts;
  }
}
