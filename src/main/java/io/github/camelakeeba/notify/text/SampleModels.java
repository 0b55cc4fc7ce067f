package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.PastRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Facts of made-up messages of every kind, to try templates with before they are needed. */
final class SampleModels {
  /** More than a message holds. */
  private static final Map<String, Object> WARNINGS =
      Map.of(
          "count",
          60,
          "texts",
          IntStream.range(0, 50).mapToObj(i -> "file " + i).toList(),
          "more",
          10);

  private SampleModels() {}

  /** Facts of this kind with all that such a message can hold. */
  static Map<String, Object> full(String kind) {
    Map<String, Object> facts =
        of(
            SampleMessages.full(kind),
            Optional.of(SampleMessages.TIME.plus(Duration.ofDays(1))),
            pastRuns());
    facts.computeIfPresent("warnings", (name, few) -> WARNINGS);
    return facts;
  }

  /** Facts of this kind where what may be missing is missing. */
  static Map<String, Object> minimal(String kind) {
    return of(MinimalMessages.BY_KIND.get(kind), Optional.empty(), List.of());
  }

  private static Map<String, Object> of(
      Notification message, Optional<Instant> nextRun, List<PastRun> past) {
    Map<String, Object> facts = MessageRenderer.model(message, Map.of(), nextRun, past);
    facts.put("subject", "[" + facts.get("state") + "] test");
    facts.put("headline", "The backup of test.");
    return facts;
  }

  private static List<PastRun> pastRuns() {
    return IntStream.rangeClosed(1, 14)
        .mapToObj(
            day ->
                new PastRun(
                    List.of("completed", "warning", "failed").get(day % 3),
                    SampleMessages.TIME.minus(Duration.ofDays(15 - day))))
        .toList();
  }
}
