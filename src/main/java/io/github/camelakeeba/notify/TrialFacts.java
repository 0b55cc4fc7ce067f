package io.github.camelakeeba.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Facts of made-up messages of every kind, to try templates with before they are needed. */
final class TrialFacts {
  /** More than a message holds. */
  private static final Map<String, Object> WARNINGS =
      Map.of(
          "count",
          60,
          "texts",
          IntStream.range(0, 50).mapToObj(i -> "file " + i).toList(),
          "more",
          10);

  private TrialFacts() {}

  /** Facts of this kind with all that such a message can hold. */
  static Map<String, Object> full(String kind) {
    Map<String, Object> facts =
        of(
            TrialMessages.full(kind),
            Optional.of(TrialMessages.TIME.plus(Duration.ofDays(1))),
            past());
    facts.computeIfPresent("warnings", (name, few) -> WARNINGS);
    return facts;
  }

  /** Facts of this kind where what may be missing is missing. */
  static Map<String, Object> sparse(String kind) {
    return of(SparseMessages.ALL.get(kind), Optional.empty(), List.of());
  }

  private static Map<String, Object> of(
      Message message, Optional<Instant> nextRun, List<Past> past) {
    Map<String, Object> facts = Texts.facts(message, Map.of(), nextRun, past);
    facts.put("subject", "[" + facts.get("state") + "] test");
    facts.put("headline", "The backup of test.");
    return facts;
  }

  private static List<Past> past() {
    return IntStream.rangeClosed(1, 14)
        .mapToObj(
            day ->
                new Past(
                    List.of("completed", "warning", "failed").get(day % 3),
                    TrialMessages.TIME.minus(Duration.ofDays(15 - day))))
        .toList();
  }
}
