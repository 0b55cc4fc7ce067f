package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a mail template may print: plain texts and numbers, never an object whose methods could be
 * called. What is not known is absent.
 */
final class MailFacts {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss xxx '('VV')'", Locale.ENGLISH);
  private static final int LONGEST_LINE = 500;
  private static final int LONGEST_TEXT = 1001;

  private final Map<String, Object> facts = new HashMap<>();
  private final ZoneId zone;

  private MailFacts(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The facts of this event.
   *
   * @param site null when it is not configured any more; times are UTC then
   */
  static Map<String, Object> of(Event event, Site site, Optional<Instant> nextRun) {
    MailFacts made = new MailFacts(site == null ? ZoneOffset.UTC : site.zone());
    made.run(event.data());
    made.times(event, nextRun);
    made.result(event.data());
    return made.facts;
  }

  private void run(Event.Data data) {
    line("site", data.site());
    line("url", data.url());
    line("state", data.state());
    line("run", data.run());
    line("trigger", data.trigger());
    line("profile", String.valueOf(data.profile()));
    line("description", data.description());
    line("node", data.node());
    facts.put("attempts", data.attempts());
  }

  private void times(Event event, Optional<Instant> nextRun) {
    line("time", when(event.time()));
    line("started", when(event.data().startedAt()));
    line("ended", when(event.data().endedAt()));
    line("nextRun", when(nextRun.orElse(null)));
    Long took = event.data().durationMs();
    line("duration", took == null ? null : Readable.duration(Duration.ofMillis(took)));
  }

  private void result(Event.Data data) {
    line("backupid", data.backupid());
    line("record", data.recordId() == null ? null : data.recordId().toString());
    line("archive", data.archive());
    line("size", data.size() > 0 ? Readable.size(data.size()) : null);
    facts.put("parts", data.parts());
    facts.put("steps", data.steps());
    facts.put("warnings", warnings(data.warnings()));
    if (data.error() != null) {
      facts.put("error", error(data.error()));
    }
  }

  private static Map<String, Object> warnings(Event.Warnings warnings) {
    if (warnings == null) {
      return Map.of("count", 0, "texts", List.of(), "more", 0);
    }
    List<String> texts =
        warnings.texts().stream().map(text -> ServerText.oneLine(text, LONGEST_TEXT)).toList();
    return Map.of(
        "count", warnings.count(), "texts", texts, "more", warnings.count() - texts.size());
  }

  private static Map<String, Object> error(Event.Error error) {
    return Map.of(
        "kind", error.kind(),
        "message", String.valueOf(ServerText.cut(error.message(), LONGEST_TEXT)),
        "advice", Advice.of(error.kind()));
  }

  private String when(Instant instant) {
    return instant == null ? null : WHEN.format(instant.atZone(zone));
  }

  private void line(String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.put(name, ServerText.oneLine(value, LONGEST_LINE));
    }
  }
}
