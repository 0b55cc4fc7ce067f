package io.github.camelakeeba.notify.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.Report;
import io.github.camelakeeba.outbox.DigestBatches;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A message of every kind without all that may be missing. */
public final class MinimalMessages {
  private static final EventJson JSON = new EventJson();
  private static final List<String> RUN_MEMBERS =
      List.of("backupid", "recordId", "archive", "parts", "size", "endedAt", "durationMs", "steps");

  /** An untested one may be told without any test, and its reason then. */
  private static final List<String> PROOF_MEMBERS =
      List.of("sha256", "checkedAt", "server", "tables", "rows", "provedAt");

  public static final Map<String, Notification> BY_KIND = all();

  private MinimalMessages() {}

  private static Map<String, Notification> all() {
    Map<String, Notification> all = new LinkedHashMap<>();
    BuiltInTemplates.KINDS.forEach(kind -> all.put(kind, minimal(kind)));
    return all;
  }

  private static Notification minimal(String kind) {
    return switch (kind) {
      case "digest" -> {
        Digest.Entry entry = DigestBatches.toEntry(event("failed", RUN_MEMBERS));
        yield Digest.of(EventSource.SAMPLE, "digests/1", "ops", "digest", List.of(entry));
      }
      case "parked" -> SampleMessages.full(kind);
      case "report" -> emptyReport();
      case "started", "failed", "missed" -> event(kind, RUN_MEMBERS);
      case "proved", "unproved", "untested" ->
          event(kind, Stream.of(RUN_MEMBERS, PROOF_MEMBERS).flatMap(List::stream).toList());
      default -> event(kind, List.of());
    };
  }

  private static Report emptyReport() {
    Report.Entry site =
        new Report.Entry("test", null, true, "never", null, null, ".".repeat(30), null, null, null);
    return Report.of(
        EventSource.SAMPLE,
        SampleMessages.TIME,
        SampleMessages.TIME,
        new Report.Data(
            List.of(),
            "UTC",
            "1 of 1 site has no good backup yet.",
            1,
            Map.of("never", 1),
            Map.of(),
            0,
            List.of(site),
            null,
            false));
  }

  /** Without these members, and those that an event of any state may lack. */
  private static Event event(String state, List<String> missing) {
    ObjectNode event = JSON.mapper().valueToTree(SampleMessages.full(state));
    ObjectNode data = (ObjectNode) event.get("data");
    data.remove(missing);
    data.remove(List.of("lastGoodAt", "failures", "attempts", "test"));
    return JSON.read(event.toString());
  }
}
