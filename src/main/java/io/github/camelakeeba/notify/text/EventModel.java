package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.PastRun;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data model of one event. */
final class EventModel {
  private static final int MAX_TEXT_LENGTH = 1001;
  private static final int MAX_LINE_LENGTH = 500;

  private final Event event;
  private final Event.Data data;
  private final DataModelBuilder model;

  private EventModel(Event event, Site site) {
    this.event = event;
    this.data = event.data();
    this.model = new DataModelBuilder(site == null ? null : site.zone());
  }

  /** {@code site} null: not configured any more, times are UTC; {@code past}: the newest last. */
  static Map<String, Object> of(
      Event event, Site site, Optional<Instant> nextRun, List<PastRun> past) {
    EventModel builder = new EventModel(event, site);
    builder.run(site);
    builder.times(nextRun);
    builder.result();
    builder.proof();
    builder.siteHealth();
    builder.history(past);
    return builder.model.toModel();
  }

  private void run(Site site) {
    model.putLine("site", site == null ? data.site() : site.displayName());
    model.putLine("url", data.url());
    model.putLine("state", data.state());
    model.putLine("run", data.run());
    model.putLine("trigger", data.trigger());
    model.putLine("requestedBy", data.requestedBy());
    model.putLine("profile", String.valueOf(data.profile()));
    model.putLine("description", data.description());
    model.putLine("node", data.node());
    model.put("attempts", data.attempts());
    model.put("test", data.test());
    model.put("reminder", data.reminder());
  }

  private void times(Optional<Instant> nextRun) {
    model.putLine("time", model.formatTime(event.time()));
    model.putLine("started", model.formatTime(data.startedAt()));
    model.putLine("ended", model.formatTime(data.endedAt()));
    model.putLine("nextRun", model.formatTime(nextRun.orElse(null)));
    model.putLine("duration", duration(data.durationMs()));
  }

  private String archiveLocation() {
    return data.downloaded() == null || data.downloaded().isEmpty()
        ? null
        : data.downloaded().get(0).replaceFirst("[/\\\\][^/\\\\]*$", "");
  }

  private void result() {
    model.putLine("backupid", data.backupid());
    model.putLine("record", data.recordId() == null ? null : data.recordId().toString());
    model.putLine("archive", data.archive());
    model.putLine("size", data.size() > 0 ? HumanFormat.size(data.size()) : null);
    model.put("parts", data.parts());
    model.putLine("content", data.content() == null ? null : HumanFormat.content(data.content()));
    model.putLine("home", archiveLocation());
    model.put("steps", data.steps());
    model.put("warnings", warnings(data.warnings()));
    Event.Error error = data.error();
    if (error != null) {
      model.put(
          "error",
          Map.of(
              "kind", error.kind(),
              "message", String.valueOf(UntrustedText.limited(error.message(), MAX_TEXT_LENGTH))));
      model.putLine(
          "advice",
          "missed".equals(data.state())
              ? Remedies.missed(data.site(), data.failures(), error.kind())
              : Remedies.of(error.kind()));
    } else if ("missed".equals(data.state())) {
      model.putLine("advice", Remedies.missed(data.site(), data.failures()));
    } else if (data.proof() != null && data.proof().reason() != null) {
      model.putLine("advice", Remedies.of(data.state()).replace("SITE", data.site()));
    }
  }

  private void proof() {
    Event.Proof proof = data.proof();
    if (proof == null) {
      return;
    }
    model.put("proof", proofFacts(proof));
    if (proof.reason() != null) {
      model.put("reason", UntrustedText.limited(proof.reason(), MAX_TEXT_LENGTH));
    }
  }

  private Map<String, Object> proofFacts(Event.Proof proof) {
    Map<String, Object> facts = new HashMap<>();
    put(facts, "checksum", proof.sha256());
    put(facts, "server", proof.server());
    put(facts, "checked", model.formatTime(proof.checkedAt()));
    put(facts, "counted", HumanFormat.counted(proof.tables(), proof.rows()));
    put(facts, "last", model.formatTime(proof.provedAt()));
    put(facts, "lastAge", DataModelBuilder.formatDuration(proof.provedAt(), event.time()));
    return facts;
  }

  private static void put(Map<String, Object> facts, String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.put(name, UntrustedText.oneLine(value, MAX_LINE_LENGTH));
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
    model.putLine("lastGood", model.formatTime(data.lastGoodAt()));
    model.putLine("lastGoodAge", DataModelBuilder.formatDuration(data.lastGoodAt(), event.time()));
    model.put("failures", data.failures());
    if (data.gapMs() != null) {
      model.putLine("gap", duration(data.gapMs()));
      model.putLine("since", model.formatTime(event.time().minusMillis(data.gapMs())));
    }
  }

  /** As it was at the time of the event, if that comes late. */
  private void history(List<PastRun> past) {
    model.put(
        "history",
        past.stream()
            .filter(one -> one.endedAt() != null && !one.endedAt().isAfter(event.time()))
            .map(
                one ->
                    Map.of(
                        "state", one.state(),
                        "mark", one.symbol(),
                        "time", model.formatTime(one.endedAt())))
            .toList());
  }

  private static String duration(Long milliseconds) {
    return milliseconds == null ? null : HumanFormat.duration(Duration.ofMillis(milliseconds));
  }
}
