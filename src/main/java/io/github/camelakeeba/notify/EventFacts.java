package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a template may print of one event. */
final class EventFacts {
  private static final int LONGEST_TEXT = 1001;

  private final Event event;
  private final Event.Data data;
  private final Facts facts;

  private EventFacts(Event event, Site site) {
    this.event = event;
    this.data = event.data();
    this.facts = new Facts(site == null ? null : site.zone());
  }

  /**
   * The facts of this event.
   *
   * @param site null when it is not configured any more; times are UTC then
   * @param past how the site's last backups ended, newest last
   */
  static Map<String, Object> of(
      Event event, Site site, Optional<Instant> nextRun, List<Past> past) {
    EventFacts made = new EventFacts(event, site);
    made.run(site);
    made.times(nextRun);
    made.result();
    made.standing();
    made.history(past);
    return made.facts.map();
  }

  private void run(Site site) {
    facts.line("site", site == null ? data.site() : site.shown());
    facts.line("url", data.url());
    facts.line("state", data.state());
    facts.line("run", data.run());
    facts.line("trigger", data.trigger());
    facts.line("profile", String.valueOf(data.profile()));
    facts.line("description", data.description());
    facts.line("node", data.node());
    facts.put("attempts", data.attempts());
    facts.put("test", data.test());
    facts.put("reminder", data.reminder());
  }

  private void times(Optional<Instant> nextRun) {
    facts.line("time", facts.when(event.time()));
    facts.line("started", facts.when(data.startedAt()));
    facts.line("ended", facts.when(data.endedAt()));
    facts.line("nextRun", facts.when(nextRun.orElse(null)));
    facts.line("duration", readable(data.durationMs()));
  }

  /** Where the archive is at home: the place of its files. */
  private String home() {
    return data.downloaded() == null || data.downloaded().isEmpty()
        ? null
        : data.downloaded().get(0).replaceFirst("[/\\\\][^/\\\\]*$", "");
  }

  private void result() {
    facts.line("backupid", data.backupid());
    facts.line("record", data.recordId() == null ? null : data.recordId().toString());
    facts.line("archive", data.archive());
    facts.line("size", data.size() > 0 ? Readable.size(data.size()) : null);
    facts.put("parts", data.parts());
    facts.line("home", home());
    facts.put("steps", data.steps());
    facts.put("warnings", warnings(data.warnings()));
    Event.Error error = data.error();
    if (error != null) {
      facts.put(
          "error",
          Map.of(
              "kind",
              error.kind(),
              "message",
              String.valueOf(ServerText.cut(error.message(), LONGEST_TEXT))));
      facts.line("advice", Advice.of(error.kind()));
    } else if ("missed".equals(data.state())) {
      facts.line("advice", Advice.missed(data.site(), data.failures()));
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

  private void standing() {
    facts.line("lastGood", facts.when(data.lastGoodAt()));
    facts.line("lastGoodAge", Facts.between(data.lastGoodAt(), event.time()));
    facts.put("failures", data.failures());
    if (data.gapMs() != null) {
      facts.line("gap", readable(data.gapMs()));
      facts.line("since", facts.when(event.time().minusMillis(data.gapMs())));
    }
  }

  /** Of a message that comes late: as it was then. */
  private void history(List<Past> past) {
    facts.put(
        "history",
        past.stream()
            .filter(one -> one.endedAt() != null && !one.endedAt().isAfter(event.time()))
            .map(
                one ->
                    Map.of(
                        "state",
                        one.state(),
                        "mark",
                        one.mark(),
                        "time",
                        facts.when(one.endedAt())))
            .toList());
  }

  private static String readable(Long milliseconds) {
    return milliseconds == null ? null : Readable.duration(Duration.ofMillis(milliseconds));
  }
}
