package io.github.camelakeeba.notify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A made-up message of every kind, to try a template on; what may be missing is missing. */
final class Specimens {
  private static final Instant TIME = Instant.parse("2026-01-01T02:30:00Z");
  private static final EventJson JSON = new EventJson();

  private static final String RUN =
      """
      {"specversion": "1.0", "id": "shop@2026-01-01T02:30:00Z/%1$s", "source": "/sites/shop",
       "type": "io.github.camelakeeba.backup.%1$s.v1", "subject": "shop@2026-01-01T02:30:00Z",
       "time": "2026-01-01T02:30:00Z", "datacontenttype": "application/json",
       "data": {"site": "shop", "url": "https://shop.example.com/", "state": "%1$s",
                "run": "shop@2026-01-01T02:30:00Z", "trigger": "schedule", "profile": 1,
                "description": "Nightly \\"backup\\"", "startedAt": "2026-01-01T02:30:00Z",
                "attempts": 1, "warnings": {"count": 0, "texts": []}, "downloaded": [],
                "node": "web7", "test": true%2$s}}
      """;
  private static final String ENDED =
      """
      , "backupid": "id-1", "recordId": 1, "archive": "site.jpa", "parts": 1, "size": 1000,
      "endedAt": "2026-01-01T02:31:00Z", "durationMs": 60000, "steps": 3
      """;
  private static final String WARNED =
      ", \"warnings\": {\"count\": 1, \"texts\": [\"Could not read \\\"a\\\"\"]}";
  private static final String ERROR =
      ", \"failures\": 1, \"error\": {\"kind\": \"backup-error\", \"message\": \"a \\\"b\\\"\"}";
  private static final String GAP = ", \"gapMs\": 100000";

  /** By what they are called in a sentence. */
  static final Map<String, Message> ALL = all();

  private Specimens() {}

  private static Map<String, Message> all() {
    Map<String, Message> all = new LinkedHashMap<>();
    all.put("a started backup", event("started", ""));
    all.put("a completed backup", event("completed", ENDED));
    all.put("a backup with warnings", event("warning", ENDED + WARNED));
    all.put("a failed backup", event("failed", ERROR));
    all.put("a missed backup", site(event("missed", GAP)));
    all.put("a recovered site", site(event("recovered", ENDED + GAP)));
    all.put("a digest", digest());
    all.put("a notice", Notice.parked("chat", "shop/failed", TIME, TIME, "slack chat: no answer"));
    return all;
  }

  private static Event event(String state, String more) {
    return JSON.read(RUN.formatted(state, more));
  }

  /** Such an event concerns no run. */
  private static Event site(Event event) {
    String text = JSON.write(event).replaceFirst("\"run\":\"[^\"]*\"", "\"run\":null");
    return JSON.read(text.replaceFirst("\"trigger\":\"[^\"]*\"", "\"trigger\":null"));
  }

  private static Digest digest() {
    Digest.Entry entry =
        new Digest.Entry(
            "shop/failed",
            TIME,
            "shop",
            "failed",
            null,
            null,
            0,
            null,
            0,
            new Event.Error("unreachable", "no answer"),
            null,
            null,
            1,
            false);
    return new Digest(
        Message.SPECVERSION,
        "digests/1",
        "/channels/hook",
        Digest.TYPE,
        "hook",
        TIME,
        Message.JSON,
        new Digest.Data("hook", "digest", TIME, TIME, Map.of("failed", 1), List.of(entry)));
  }
}
