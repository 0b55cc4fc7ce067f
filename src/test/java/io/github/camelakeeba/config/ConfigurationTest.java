package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static Configuration with(int sites, int concurrent) {
    Map<String, Site> all =
        IntStream.range(0, sites)
            .boxed()
            .collect(Collectors.toMap(number -> "shop-" + number, number -> mock(Site.class)));
    return new Configuration(
        all,
        new Configuration.Limits(concurrent, 1, Duration.ZERO),
        Duration.ofDays(400),
        Map.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of());
  }

  @Test
  void many_runs_at_once_on_a_java_without_virtual_threads_are_a_warning() {
    assertThat(with(300, 1000).threadWarning(17))
        .isEqualTo(
            "limits.concurrent: 300 runs at once take as many threads of the system on Java 17;"
                + " use Java 21 or later, or at most 200");
  }

  @Test
  void virtual_threads_few_runs_or_few_sites_are_none() {
    assertThat(with(300, 1000).threadWarning(21)).isNull();
    assertThat(with(300, 200).threadWarning(20)).isNull();
    assertThat(with(50, 10_000).threadWarning(17)).isNull();
  }
}
