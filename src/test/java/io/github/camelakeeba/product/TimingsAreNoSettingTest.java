package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingsAreNoSettingTest {
  @TempDir Path folder;

  @Test
  void a_line_of_application_properties_changes_none_of_them() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      product
          .site("shop", product.server().joomla("shop").url())
          .property("backup-timing-watchdog-interval = 7200000")
          .property("camel-akeeba-backup.timings = watchdogInterval=7200000")
          .start();

      assertThat(
              product
                  .service()
                  .context()
                  .resolvePropertyPlaceholders("{{backup-timing-watchdog-interval:3000}}"))
          .isEqualTo(String.valueOf(QuickTimings.QUICK.watchdogInterval().toMillis()));
    }
  }

  @Test
  void a_process_that_is_started_with_one_of_them_does_not_start() throws Exception {
    String name = "backup-timing-heartbeat-interval";
    System.setProperty(name, "60000");
    try (RunningProduct product = new RunningProduct(folder)) {
      product.site("shop", product.server().joomla("shop").url());

      assertThatThrownBy(product::start)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(name + " is set by a system property or in the environment");
    } finally {
      System.clearProperty(name);
    }
  }
}
