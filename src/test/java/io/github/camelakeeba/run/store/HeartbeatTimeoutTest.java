package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether another node is alive follows from what it does, not from what a clock says. */
@Tag("fault")
class HeartbeatTimeoutTest {
  private final AtomicLong now = new AtomicLong();
  private final HeartbeatTimeout silence = new HeartbeatTimeout(Duration.ofSeconds(15), now::get);

  private boolean after(int seconds, String sign) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    return silence.expired("other", sign);
  }

  /** Polls each second. */
  private boolean during(int seconds, String sign) {
    boolean silent = false;
    for (int i = 0; i < seconds; i++) {
      silent |= after(1, sign);
    }
    return silent;
  }

  @Test
  void a_node_is_dead_when_it_has_given_no_new_sign_for_15_s() {
    assertThat(after(0, "a")).isFalse();
    assertThat(during(14, "a")).isFalse();
    assertThat(after(1, "b")).as("a new sign, even an earlier one").isFalse();
    assertThat(during(14, "b")).isFalse();
    assertThat(after(1, "b")).isTrue();
    assertThat(after(1, "b")).as("it is back").isFalse();
  }

  @Test
  void while_the_store_was_away_nobody_could_give_a_sign() {
    assertThat(after(0, "a")).isFalse();
    assertThat(after(600, "a")).isFalse();
    assertThat(during(9, "a")).as("it has a moment to give one").isFalse();
    assertThat(after(1, "a")).as("it is dead all the same").isTrue();
  }

  @Test
  void a_clock_of_the_store_that_is_set_takes_no_run_from_a_living_node() {
    try (Database database = CopiedStore.memory("silence-" + UUID.randomUUID(), 2)) {
      NodeHeartbeat other = SampleClaimer.heartbeat(database, "other");
      NodeHeartbeat ours = SampleClaimer.heartbeat(database, "ours");
      other.beat();
      for (String set : new String[] {"- interval '1' day", "+ interval '1' day"}) {
        database.jdbc().update("update node set alive_until = alive_until " + set);
        ours.beat();
        assertThat(database.jdbc().queryForList("select id from node", String.class))
            .containsExactlyInAnyOrder("other", "ours");
      }
    }
  }
}
