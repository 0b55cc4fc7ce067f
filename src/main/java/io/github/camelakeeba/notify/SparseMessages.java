package io.github.camelakeeba.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A message of every kind in which all is missing that may be missing, the mark of a test too. */
final class SparseMessages {
  private static final EventJson JSON = new EventJson();
  private static final List<String> OF_A_BACKUP =
      List.of("backupid", "recordId", "archive", "parts", "size", "endedAt", "durationMs", "steps");

  /** By kind. */
  static final Map<String, Message> ALL = all();

  private SparseMessages() {}

  private static Map<String, Message> all() {
    Map<String, Message> all = new LinkedHashMap<>();
    BuiltIn.KINDS.forEach(kind -> all.put(kind, sparse(kind)));
    return all;
  }

  private static Message sparse(String kind) {
    return switch (kind) {
      case "digest" -> {
        Event event = event("failed", OF_A_BACKUP);
        yield Digest.of(
            EventSource.SAMPLE, "digests/1", "ops", "digest", List.of(Batches.entry(event)));
      }
      case "parked" -> TrialMessages.full(kind);
      case "started", "failed", "missed" -> event(kind, OF_A_BACKUP);
      default -> event(kind, List.of());
    };
  }

  /** Without these members, and without those that an event of any state may lack. */
  private static Event event(String state, List<String> missing) {
    ObjectNode event = JSON.mapper().valueToTree(TrialMessages.full(state));
    ObjectNode data = (ObjectNode) event.get("data");
    data.remove(missing);
    data.remove(List.of("lastGoodAt", "failures", "attempts", "test"));
    return JSON.read(event.toString());
  }
}
