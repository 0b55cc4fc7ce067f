package io.github.camelakeeba.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.chaos.Story.Begun;
import io.github.camelakeeba.demo.SimulatedSite;
import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.product.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** One site: its sequences one after the other. */
final class Lane implements Callable<List<Story>> {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final World world;
  private final int number;
  private final List<Sequence> sequences;
  private final SimulatedSite site;

  Lane(World world, int number, List<Sequence> sequences) {
    this.world = world;
    this.number = number;
    this.sequences = sequences;
    this.site = world.at(number);
  }

  @Override
  public List<Story> call() {
    return sequences.stream().map(this::played).toList();
  }

  private Story played(Sequence sequence) {
    int violations = site.violations().size();
    int steps = site.requests("stepBackup").size();
    sequence.prepare(site, Product.SECRET);
    long newest = newest();
    String run = world.request(number, "request-" + sequence.seed());
    List<Event> outcomes = outcomes(run);
    return new Story(
        sequence,
        run,
        outcomes,
        begun(newest),
        site.requests("stepBackup").size() - steps,
        site.violations().stream().skip(violations).filter(text -> !excused(text)).toList(),
        World.quick(number) || World.skewed(number));
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
