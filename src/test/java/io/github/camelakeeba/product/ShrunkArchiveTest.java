package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that is far smaller than the last good one of the same profile is a warning. */
class ShrunkArchiveTest {
  @TempDir Path folder;

  @Test
  void half_the_size_is_the_least_unless_the_site_says_otherwise() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product);
      assertThat(backup(product, shop, 100_000).state()).isEqualTo("completed");
      assertThat(backup(product, shop, 50_000).state()).isEqualTo("completed");

      Event.Data told = backup(product, shop, 24_999);

      assertThat(told.state()).isEqualTo("warning");
      assertThat(told.warnings().texts().get(0))
          .startsWith(
              "shrunk: the archive has 24,999 bytes, 49 % of the 50,000 bytes of the last good"
                  + " backup of profile 1, of 20");
      // the smaller one is the measure now: who was told need not be told each night
      assertThat(backup(product, shop, 24_000).state()).isEqualTo("completed");
    }
  }

  @Test
  void the_site_sets_how_much_is_too_little() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "shrunk: 90%");
      backup(product, shop, 100_000);
      assertThat(backup(product, shop, 89_000).state()).isEqualTo("warning");
    }
  }

  @Test
  void at_0_percent_nothing_is_too_little() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "shrunk: 0%");
      backup(product, shop, 1_000_000);
      assertThat(backup(product, shop, 10_000).state()).isEqualTo("completed");
    }
  }

  @Test
  void another_profile_is_no_measure() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product);
      shop.profiles(1, "all", 2, "database only");
      backup(product, shop, 100_000);
      shop.size(10_000);
      Event told = product.backup("{\"site\": \"shop\", \"profile\": 2}");
      assertThat(told.data().state()).isEqualTo("completed");
    }
  }

  private static SimulatedSite started(RunningProduct product, String... lines) throws Exception {
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
    product.site("shop", shop.url(), lines).start();
    return shop;
  }

  private static Event.Data backup(RunningProduct product, SimulatedSite shop, int size) {
    shop.size(size);
    return product.backup("shop").data();
  }
}
