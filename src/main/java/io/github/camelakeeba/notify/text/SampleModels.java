package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.PastRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Models of made-up messages of every kind, to try templates with before they are needed. */
final class SampleModels {
  /** More than a message holds. */
  private static final Map<String, Object> WARNINGS =
      Map.of(
          "count", 60,
          "texts", IntStream.range(0, 50).mapToObj(i -> "file " + i).toList(),
          "more", 10);

  private SampleModels() {}

  static Map<String, Object> full(String kind) {
    Map<String, Object> model =
        of(
            SampleMessages.full(kind),
            Optional.of(SampleMessages.TIME.plus(Duration.ofDays(1))),
            pastRuns());
    model.computeIfPresent("warnings", (name, few) -> WARNINGS);
    return model;
  }

  /** The model of this kind where what may be missing is missing. */
  static Map<String, Object> minimal(String kind) {
    return of(MinimalMessages.BY_KIND.get(kind), Optional.empty(), List.of());
  }

  private static Map<String, Object> of(
      Notification message, Optional<Instant> nextRun, List<PastRun> past) {
    Map<String, Object> model = MessageRenderer.model(message, Map.of(), nextRun, past);
    model.put("subject", "[" + model.get("state") + "] test");
    model.put("headline", "The backup of test.");
    return model;
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
