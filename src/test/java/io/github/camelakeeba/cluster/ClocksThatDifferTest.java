package io.github.camelakeeba.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.backup.RunCompletion;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.run.store.RunClaimer;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.SampleClaimer;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of two nodes one's clock goes wrong by more than a node may be silent. */
@Tag("fault")
class ClocksThatDifferTest {
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Clock right = Clock.systemUTC();
  private final Clock fast = Clock.offset(right, SKEW);
  private final Clock slow = Clock.offset(right, SKEW.negated());
  private final Database database = CopiedStore.memory("clocks-" + UUID.randomUUID(), 2);
  private final RunClaimer fastNode = SampleClaimer.of(database, "fast", fast);
  private final RunClaimer slowNode = SampleClaimer.of(database, "slow", slow);
  private final RunClaimer rightNode = SampleClaimer.of(database, "right", right);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_living_node_s_run_is_not_taken_over_whatever_its_clock_says() {
    Run onFast = begun(fastNode, "fast", fast, "shop");
    Run onSlow = begun(slowNode, "slow", slow, "blog");

    assertThat(rightNode.claimBatch()).isEmpty();
    assertThat(fastNode.claimBatch()).as("nor by one whose clock goes wrong").isEmpty();
    assertThat(slowNode.claimBatch()).isEmpty();
    assertThat(store().find(onFast.id()).orElseThrow().owner()).isEqualTo("fast");
    assertThat(store().find(onSlow.id()).orElseThrow().owner()).isEqualTo("slow");
  }

  @Test
  void a_run_that_ends_on_a_slower_node_does_not_end_before_it_began() {
    Run run = begun(fastNode, "fast", fast, "shop");
    SampleClaimer.heartbeat(database, "fast").deregister();

    Run taken = rightNode.claimBatch().get(0);
    assertThat(taken.id()).isEqualTo(run.id());
    Run ended =
        new RunCompletion(null, null, RunListener.NONE, site -> null, right).decideState(taken);
    assertThat(ended.endedAt()).isEqualTo(taken.startedAt()).isAfter(Instant.now());
    Run inHand = store().find(run.id()).orElseThrow();
    assertThat(inHand.startedAt()).as("the future is now").isBeforeOrEqualTo(Instant.now());
  }

  private Run begun(RunClaimer node, String owner, Clock clock, String site) {
    new RequestRepository(database, name -> name, owner, RunListener.NONE, clock)
        .accept(
            new BackupRequest(
                null,
                site,
                "api",
                1,
                "",
                "",
                Map.of(),
                IfBusy.REFUSE,
                clock.instant(),
                null,
                null));
    return node.claimBatch().get(0);
  }

  private RunRepository store() {
    return new RunRepository(database, new SteadyClock(Clock.systemUTC()));
  }
}
