package io.github.camelakeeba.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.BackupRequest.IfBusy;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Camel asks for the hash of a body at each {@code ${body.…}}. */
class RunIsKnownByItsIdTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

  private static Run run(String description, Map<String, String> overrides) {
    return Run.queued(
        "shop-1",
        new BackupRequest(
            null, "shop", "api", 1, description, "", overrides, IfBusy.QUEUE, NOW, null, null),
        NOW,
        "me");
  }

  @Test
  void its_hash_reads_nothing_else_and_two_states_of_it_are_different_all_the_same() {
    Map<String, String> read =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, String>> entrySet() {
            throw new AssertionError("reads the whole run");
          }
        };

    assertThat(run("one", read).hashCode()).isEqualTo(run("two", Map.of()).hashCode());
    assertThat(run("one", Map.of())).isEqualTo(run("one", Map.of()));
    assertThat(run("one", Map.of())).isNotEqualTo(run("two", Map.of()));
  }
}
