package io.github.camelakeeba.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of sites do not flood a Prometheus. */
class SiteSeriesAreBoundedTest {
  @TempDir Path folder;

  @Test
  void more_sites_than_allowed_are_told_together_only_and_one_line_says_so() throws Exception {
    try (LogLines lines = LogLines.of("io.github.camelakeeba.observe");
        RunningProduct many = new RunningProduct(folder).property("backup.metrics.sites = 2")) {
      for (String site : List.of("a", "b", "c")) {
        many.site(site, many.server().joomla(site).url());
      }
      many.start();
      BackupMetrics metrics =
          many.service()
              .context()
              .getRegistry()
              .lookupByNameAndType("backup-metrics", BackupMetrics.class);
      assertThat(metrics.scrape())
          .contains("\nbackup_sites_watched 3.0", "\nbackup_sites_overdue 0.0")
          .contains("\nbackup_sites_last_good_oldest_timestamp_seconds 0.0")
          .doesNotContain("{site=");
      metrics.scrape();
      assertThat(lines.containing("3 sites are more than backup.metrics.sites (2)")).hasSize(1);
    }
  }
}
