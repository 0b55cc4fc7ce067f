package io.github.camelakeeba.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Made-up facts of every kind of message, to try templates with before they are needed. */
final class SampleMessages {
  private static final Instant NOW = Instant.parse("2026-11-22T00:30:00Z");
  private static final Instant LAST_GOOD = NOW.minus(Duration.ofHours(50));
  private static final String WHY = "The disk is full: <1 MB> is left";

  private SampleMessages() {}

  /** Facts of this kind with all that such a message can hold. */
  static Map<String, Object> full(String kind) {
    return switch (kind) {
      case "digest" -> named(DigestFacts.of(digest(), Map.of()));
      case "parked" ->
          named(NoticeFacts.of(Notice.parked("ops", "shop/1/failed", LAST_GOOD, NOW, WHY), null));
      default -> event(full(kind, false));
    };
  }

  /** Facts of this kind where what may be missing is missing. */
  static Map<String, Object> bare(String kind) {
    for (Message message : Specimens.ALL.values()) {
      if (message instanceof Event event && event.data().state().equals(kind)) {
        return named(EventFacts.of(event, null, Optional.empty(), List.of()));
      }
    }
    return full(kind);
  }

  private static Map<String, Object> event(Event event) {
    List<Past> past =
        IntStream.rangeClosed(1, 14)
            .mapToObj(
                day ->
                    new Past(
                        List.of("completed", "warning", "failed").get(day % 3),
                        NOW.minus(Duration.ofDays(15 - day))))
            .toList();
    return named(EventFacts.of(event, null, Optional.of(NOW.plus(Duration.ofDays(1))), past));
  }

  private static Map<String, Object> named(Map<String, Object> facts) {
    facts.put("subject", "[" + facts.get("state") + "] shop");
    facts.put("headline", "The backup of shop.");
    return facts;
  }

  private static Event full(String kind, boolean reminder) {
    boolean failed = kind.equals("failed");
    boolean ofSite = kind.equals("missed") || kind.equals("recovered");
    return event(
        kind,
        new Event.Data(
            "shop",
            "https://shop.example.com/index.php",
            kind,
            ofSite ? null : "shop@2026-11-22T00:30:00Z",
            "schedule",
            1,
            "Nightly backup of shop",
            "id-1",
            4L,
            "site-shop.jpa",
            2,
            2_621_440,
            NOW.minusSeconds(90),
            NOW,
            90_000L,
            9,
            2,
            1,
            new Event.Warnings(60, IntStream.range(0, 50).mapToObj(i -> "file " + i).toList()),
            failed ? new Event.Error("backup-error", WHY) : null,
            List.of(),
            "web7",
            LAST_GOOD,
            Duration.between(LAST_GOOD, NOW).toMillis(),
            3,
            reminder,
            false));
  }

  private static Event event(String kind, Event.Data data) {
    return new Event(
        Message.SPECVERSION,
        "shop/" + kind,
        "/sites/shop",
        "io.github.camelakeeba.backup." + kind + ".v1",
        "shop",
        NOW,
        Message.JSON,
        data);
  }

  private static Digest digest() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<Digest.Entry> entries =
        List.of("failed", "missed", "warning", "recovered", "completed", "started").stream()
            .flatMap(
                state -> {
                  counts.put(state, 8);
                  return IntStream.range(0, 8).mapToObj(i -> entry(state, i));
                })
            .toList();
    return new Digest(
        Message.SPECVERSION,
        "digests/1",
        "/channels/ops",
        Digest.TYPE,
        "ops",
        NOW,
        Message.JSON,
        new Digest.Data("ops", "digest", LAST_GOOD, NOW, counts, entries));
  }

  private static Digest.Entry entry(String state, int number) {
    Event.Data of = full(state, false).data();
    return new Digest.Entry(
        "shop" + number + "/" + state,
        NOW,
        "shop" + number,
        state,
        of.run(),
        of.archive(),
        of.size(),
        of.durationMs(),
        of.warnings().count(),
        of.error(),
        of.lastGoodAt(),
        of.gapMs(),
        of.failures(),
        false);
  }
}
