package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.PastRun;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a template may print of one event. */
final class EventModel {
  private static final int MAX_TEXT_LENGTH = 1001;

  private final Event event;
  private final Event.Data data;
  private final DataModelBuilder facts;

  private EventModel(Event event, Site site) {
    this.event = event;
    this.data = event.data();
    this.facts = new DataModelBuilder(site == null ? null : site.zone());
  }

  /**
   * The facts of this event.
   *
   * @param site null when it is not configured any more; times are UTC then
   * @param past how the site's last backups ended, newest last
   */
  static Map<String, Object> of(
      Event event, Site site, Optional<Instant> nextRun, List<PastRun> past) {
    EventModel made = new EventModel(event, site);
    made.run(site);
    made.times(nextRun);
    made.result();
    made.siteHealth();
    made.history(past);
    return made.facts.toModel();
  }

  private void run(Site site) {
    facts.putLine("site", site == null ? data.site() : site.displayName());
    facts.putLine("url", data.url());
    facts.putLine("state", data.state());
    facts.putLine("run", data.run());
    facts.putLine("trigger", data.trigger());
    facts.putLine("profile", String.valueOf(data.profile()));
    facts.putLine("description", data.description());
    facts.putLine("node", data.node());
    facts.put("attempts", data.attempts());
    facts.put("test", data.test());
    facts.put("reminder", data.reminder());
  }

  private void times(Optional<Instant> nextRun) {
    facts.putLine("time", facts.formatTime(event.time()));
    facts.putLine("started", facts.formatTime(data.startedAt()));
    facts.putLine("ended", facts.formatTime(data.endedAt()));
    facts.putLine("nextRun", facts.formatTime(nextRun.orElse(null)));
    facts.putLine("duration", duration(data.durationMs()));
  }

  /** Where the archive is stored: the place of its files. */
  private String archiveLocation() {
    return data.downloaded() == null || data.downloaded().isEmpty()
        ? null
        : data.downloaded().get(0).replaceFirst("[/\\\\][^/\\\\]*$", "");
  }

  private void result() {
    facts.putLine("backupid", data.backupid());
    facts.putLine("record", data.recordId() == null ? null : data.recordId().toString());
    facts.putLine("archive", data.archive());
    facts.putLine("size", data.size() > 0 ? HumanFormat.size(data.size()) : null);
    facts.put("parts", data.parts());
    facts.putLine("home", archiveLocation());
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
              String.valueOf(UntrustedText.limited(error.message(), MAX_TEXT_LENGTH))));
      facts.putLine("advice", Remedies.of(error.kind()));
    } else if ("missed".equals(data.state())) {
      facts.putLine("advice", Remedies.missed(data.site(), data.failures()));
    }
  }

  private static Map<String, Object> warnings(Event.Warnings warnings) {
    if (warnings == null) {
      return Map.of("count", 0, "texts", List.of(), "more", 0);
    }
    List<String> texts =
        warnings.texts().stream()
            .map(text -> UntrustedText.oneLine(text, MAX_TEXT_LENGTH))
            .toList();
    return Map.of(
        "count", warnings.count(), "texts", texts, "more", warnings.count() - texts.size());
  }

  private void siteHealth() {
    facts.putLine("lastGood", facts.formatTime(data.lastGoodAt()));
    facts.putLine("lastGoodAge", DataModelBuilder.formatDuration(data.lastGoodAt(), event.time()));
    facts.put("failures", data.failures());
    if (data.gapMs() != null) {
      facts.putLine("gap", duration(data.gapMs()));
      facts.putLine("since", facts.formatTime(event.time().minusMillis(data.gapMs())));
    }
  }

  /** Of a message that comes late: as it was then. */
  private void history(List<PastRun> past) {
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
                        one.symbol(),
                        "time",
                        facts.formatTime(one.endedAt())))
            .toList());
  }

  private static String duration(Long milliseconds) {
    return milliseconds == null ? null : HumanFormat.duration(Duration.ofMillis(milliseconds));
  }
}
