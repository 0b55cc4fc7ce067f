package io.github.camelakeeba.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.store.HistoryPurge;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which node makes a restore test, and which results count. */
class ProofStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

  private Database database;
  private ProofStore store;

  @BeforeEach
  void open() {
    database = CopiedStore.memory("proofs-" + UUID.randomUUID(), 4);
    store = new ProofStore(database);
    for (String node : List.of("one", "other")) {
      database
          .jdbc()
          .update("insert into node (id, alive_until) values (?, ?)", node, SqlTime.of(NOW));
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private boolean ask(String site, String id) {
    return store.insert(id, site, null, "schedule", "schedule", NOW);
  }

  private List<ClaimedProof> claim(String node, String... active) {
    return store.claim(10, node, List.of(active), null, NOW);
  }

  private boolean end(ClaimedProof claimed) {
    return store.recordEnd(claimed, ScriptedTester.PROVED, claimed.owner(), NOW);
  }

  @Test
  void a_site_has_one_open_test_and_one_node_makes_it() {
    assertThat(ask("shop", "a")).isTrue();
    assertThat(ask("shop", "b")).isFalse();
    assertThat(ask("blog", "c")).isTrue();

    assertThat(claim("one")).hasSize(2);
    assertThat(claim("other")).isEmpty();
    assertThat(claim("one", "a", "c")).isEmpty();
  }

  @Test
  @Tag("fault")
  void a_dead_node_s_test_is_another_s_and_what_the_dead_one_found_counts_for_nothing() {
    ask("shop", "a");
    ClaimedProof lost = claim("one").get(0);
    database.jdbc().update("delete from node where id = 'one'");
    ClaimedProof taken = claim("other").get(0);

    assertThat(taken.attempts()).isEqualTo(2);
    assertThat(store.recordProgress(lost, "x")).isFalse();
    assertThat(end(lost)).isFalse();
    assertThat(store.find("a").orElseThrow().hasEnded()).isFalse();
    assertThat(end(taken)).isTrue();
    assertThat(end(taken)).isFalse();
    assertThat(store.find("a").orElseThrow().verdict()).isEqualTo("proved");
    assertThat(ask("shop", "b")).isTrue();
  }

  @Test
  @Tag("fault")
  void a_node_that_others_take_for_dead_claims_nothing() {
    ask("shop", "a");
    database.jdbc().update("delete from node where id = 'one'");

    assertThat(claim("one")).isEmpty();
    assertThat(claim("other")).hasSize(1);
  }

  @Test
  void what_an_ordered_stop_has_left_was_not_begun() {
    ask("shop", "a");
    store.release(claim("one").get(0));

    assertThat(claim("other").get(0).attempts()).isEqualTo(1);
  }

  @Test
  @Tag("fault")
  void one_that_never_comes_to_an_end_is_given_up() {
    ask("shop", "a");
    ClaimedProof claimed = null;
    for (int i = 0; i < 6; i++) {
      claimed = claim("one").get(0);
    }

    assertThat(claimed.exhausted()).isTrue();
    assertThat(new ProofTrial(null, null, null, null).exhausted(claimed).reason())
        .contains("begun 5 times");
  }

  @Test
  void history_forgets_old_tests_but_the_last_one_that_proved_a_backup() {
    for (int i = 0; i < 4; i++) {
      ask("shop", "test" + i);
      ClaimedProof claimed = claim("one").get(0);
      store.recordEnd(
          claimed,
          i == 3 ? ProofResult.untested("away") : ScriptedTester.PROVED,
          "one",
          NOW.minus(Duration.ofDays(500 - i)));
    }
    new HistoryPurge(database, Duration.ofDays(400), Clock.fixed(NOW, ZoneOffset.UTC)).purgeAll();

    assertThat(store.newest("shop", null, 10)).extracting(Proof::id).containsExactly("test2");
  }
}
