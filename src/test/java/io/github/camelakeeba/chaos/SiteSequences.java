package io.github.camelakeeba.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.chaos.RequestHistory.Begun;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** One site: its sequences one after the other. */
final class SiteSequences implements Callable<List<RequestHistory>> {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ChaosEnvironment world;
  private final int number;
  private final List<FaultSequence> sequences;
  private final SimulatedSite site;

  SiteSequences(ChaosEnvironment world, int number, List<FaultSequence> sequences) {
    this.world = world;
    this.number = number;
    this.sequences = sequences;
    this.site = world.at(number);
  }

  @Override
  public List<RequestHistory> call() {
    return sequences.stream().map(this::played).toList();
  }

  private RequestHistory played(FaultSequence sequence) {
    int violations = site.violations().size();
    int steps = site.requests("stepBackup").size();
    sequence.prepare(site, RunningProduct.SECRET);
    long newest = newest();
    String run = world.request(number, "request-" + sequence.seed());
    List<Event> outcomes = outcomes(run);
    return new RequestHistory(
        sequence,
        run,
        outcomes,
        begun(newest),
        site.requests("stepBackup").size() - steps,
        site.violations().stream().skip(violations).filter(text -> !excused(text)).toList(),
        ChaosEnvironment.quick(number) || ChaosEnvironment.skewed(number));
  }

  /** A process that was killed has lost its cookies. */
  private static boolean excused(String violation) {
    return violation.contains("cookie session");
  }

  private List<Event> outcomes(String run) {
    try {
      return await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> world.catcher().outcomes(run), list -> !list.isEmpty());
    } catch (ConditionTimeoutException never) {
      return List.of();
    }
  }

  private long newest() {
    JsonNode records = site.records();
    return records.isEmpty() ? 0 : records.get(0).get("id").asLong();
  }

  /** Without those that somebody else has begun. */
  private List<Begun> begun(long after) {
    List<Begun> begun = new ArrayList<>();
    for (JsonNode row : site.records()) {
      long id = row.get("id").asLong();
      String description = row.get("description").asText();
      if (id > after && !description.equals("by somebody else")) {
        begun.add(
            new Begun(
                id, row.get("backupid").asText(), row.get("status").asText(), site.damage(id)));
      }
    }
    return begun;
  }
}
