package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.bench.ReloadBenchmark;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reloads with random changes, every third with a bad file, while many runs are in flight. */
@Tag("chaos")
class ReloadUnderLoadTest {
  @Test
  void no_run_is_lost_doubled_or_stepped_with_the_secret_of_another(@TempDir Path folder)
      throws Exception {
    ReloadBenchmark.Figures figures = ReloadBenchmark.run(folder, 60, 40, 7);

    assertThat(figures.wrong()).isEmpty();
    assertThat(figures.runs()).isGreaterThanOrEqualTo(60);
    assertThat(figures.taken()).isEqualTo(26);
    assertThat(figures.refused()).isEqualTo(14);
  }
}
