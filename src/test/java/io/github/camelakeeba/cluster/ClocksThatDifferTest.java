package io.github.camelakeeba.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Claiming;
import io.github.camelakeeba.run.Claims;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.run.Outcomes;
import io.github.camelakeeba.run.Requests;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunGate;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunStore;
import io.github.camelakeeba.run.RunsAtWork;
import io.github.camelakeeba.run.StopMark;
import io.github.camelakeeba.site.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of two nodes one's clock goes wrong by more than a node may be silent. */
@Tag("fault")
class ClocksThatDifferTest {
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Clock right = Clock.systemUTC();
  private final Clock fast = Clock.offset(right, SKEW);
  private final Clock slow = Clock.offset(right, SKEW.negated());
  private final Database database = Database.memory("clocks-" + UUID.randomUUID(), 2);
  private final Claims fastNode = claims("fast", fast);
  private final Claims slowNode = claims("slow", slow);
  private final Claims rightNode = claims("right", right);

  @BeforeEach
  void beat() {
    List.of(fastNode, slowNode, rightNode).forEach(Claims::beat);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_living_node_s_run_is_not_taken_over_whatever_its_clock_says() {
    Run onFast = begun(fastNode, fast, "shop");
    Run onSlow = begun(slowNode, slow, "blog");

    assertThat(rightNode.due()).isEmpty();
    assertThat(fastNode.due()).as("nor by one whose clock goes wrong").isEmpty();
    assertThat(slowNode.due()).isEmpty();
    assertThat(store().find(onFast.id()).orElseThrow().owner()).isEqualTo("fast");
    assertThat(store().find(onSlow.id()).orElseThrow().owner()).isEqualTo("slow");
  }

  @Test
  void a_run_that_ends_on_a_slower_node_does_not_end_before_it_began() {
    Run run = begun(fastNode, fast, "shop");
    fastNode.leave();

    Run taken = rightNode.due().get(0);
    assertThat(taken.id()).isEqualTo(run.id());
    Run ended = new Outcomes(null, null, null, null, RunListener.NONE, right).decide(taken);
    assertThat(ended.endedAt()).isEqualTo(taken.startedAt()).isAfter(Instant.now());
    Run inHand = store().find(run.id()).orElseThrow();
    assertThat(inHand.startedAt()).as("the future is now").isBeforeOrEqualTo(Instant.now());
  }

  private Run begun(Claims node, Clock clock, String site) {
    new Requests(database, name -> name, node.node(), RunListener.NONE, clock)
        .accept(
            new BackupRequest(
                null, site, "api", 1, "", "", Map.of(), IfBusy.REFUSE, clock.instant()));
    return node.due().get(0);
  }

  private Claims claims(String node, Clock clock) {
    RunGate gate = new RunGate(store(), new StopMark(database), clock);
    Limits limits = new Limits(5, 5, Duration.ZERO);
    return new Claims(
        database, limits, node, Claiming.ALL, gate, new RunsAtWork(), RunListener.NONE, clock);
  }

  private RunStore store() {
    return new RunStore(database);
  }
}
