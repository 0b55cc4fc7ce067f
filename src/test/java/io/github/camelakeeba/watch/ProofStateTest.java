package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.store.SiteHealthStore.SiteProof;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A site is found by what its restore tests say, the worst first. */
class ProofStateTest {
  private static final Instant NOW = Instant.parse("2026-11-30T05:00:00Z");

  private static ProofState state(String verdict, Instant provedAt, Instant overdueSince) {
    return ProofState.of(new SiteProof(verdict, NOW, provedAt, null, null, null, overdueSince));
  }

  @Test
  void of_several_that_are_true_the_worst_counts() {
    assertThat(state("unproved", NOW, NOW)).isEqualTo(ProofState.UNPROVED);
    assertThat(state("proved", NOW, NOW)).isEqualTo(ProofState.OVERDUE);
    assertThat(state(null, null, NOW)).isEqualTo(ProofState.OVERDUE);
    assertThat(state("untested", null, null)).isEqualTo(ProofState.NEVER);
    assertThat(state(null, null, null)).isEqualTo(ProofState.NEVER);
    assertThat(state("untested", NOW, null)).isEqualTo(ProofState.PROVED);
    assertThat(state("proved", NOW, null)).isEqualTo(ProofState.PROVED);
    assertThat(ProofState.of(null)).isNull();
  }
}
