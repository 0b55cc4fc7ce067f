package io.github.camelakeeba.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.config.Configuration.Source;
import io.github.camelakeeba.store.StoreAvailability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

/** Sources that were away are told, and are no reason for a restart. */
class SourcesHealthCheckTest {
  private static final Instant OLD = Instant.parse("2026-01-02T03:04:05Z");

  private static HealthCheck.Result check(Source... sources) {
    return new SourcesHealthCheck(mock(StoreAvailability.class), () -> List.of(sources)).call();
  }

  @Test
  void it_is_up_and_names_those_that_were_away_with_the_age_of_the_oldest_list() {
    HealthCheck.Result result =
        check(
            new Source("config/sites.yaml:1: sources[0]", 1, List.of(), List.of(), null, null),
            new Source(
                "config/sites.yaml:2: sources[1]",
                1,
                List.of(),
                List.of(),
                OLD.plusSeconds(9),
                "away"),
            new Source("config/sites.yaml:3: sources[2]", 1, List.of(), List.of(), OLD, "away"));
    assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
    assertThat(result.getMessage())
        .hasValue(
            "lists of sites that could not be read, or are not believed; those of an earlier time are used");
    assertThat(result.getDetails().get(BackupHealthCheck.FOUND_KEY))
        .isEqualTo(
            Map.of(
                "sources",
                List.of("config/sites.yaml:2: sources[1]", "config/sites.yaml:3: sources[2]"),
                "oldest",
                "2026-01-02T03:04:05Z"));
  }

  @Test
  void it_says_nothing_where_all_were_read() {
    assertThat(
            check(new Source("config/sites.yaml:1: sources[0]", 1, List.of(), List.of(), OLD, null))
                .getMessage())
        .isEmpty();
  }
}
