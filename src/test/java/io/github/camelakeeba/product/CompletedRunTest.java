package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletedRunTest {
  @TempDir Path folder;

  @Test
  void a_backup_is_started_stepped_verified_and_told_as_completed() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(20);
      product.site("shop", shop.url()).start();

      Event outcome = product.backup("shop");

      assertThat(outcome.data().state()).isEqualTo("completed");
      assertThat(outcome.data().steps()).isEqualTo(20);
      assertThat(outcome.data().size()).isPositive();
      assertThat(shop.violations()).isEmpty();
      assertThat(shop.connections()).isEqualTo(1);
      assertThat(shop.requests()).hasSizeLessThanOrEqualTo(1 + 20 + 5);
    }
  }
}
