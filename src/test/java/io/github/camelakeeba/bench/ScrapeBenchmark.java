package io.github.camelakeeba.bench;

import io.github.camelakeeba.observe.BackupMetrics;
import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.util.FileUtil;

/**
 * What a scrape of the metrics takes with many sites and a long history, on H2 in a file. By hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=ScrapeBenchmark -Dargs="10000 100000 1000"</pre>
 *
 * Arguments: sites, ended runs, backup.metrics.sites.
 */
public final class ScrapeBenchmark {
  private static final String RUNS =
      """
      insert into run (id, site, host, state, trigger_kind, profile, description, comment_text,
        overrides, due_at, queued_at, started_at, ended_at, outcome)
      select 'run-' || x, 'site-' || mod(x, ?), 'h', 'completed', 'schedule', 1, 'd', '', '{}',
        dateadd(second, -x, current_timestamp), dateadd(second, -x, current_timestamp),
        dateadd(second, -x, current_timestamp), dateadd(second, -x, current_timestamp),
        repeat('o', 1500)
      from system_range(1, ?)
      """;

  private ScrapeBenchmark() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int sites = Integer.parseInt(arguments[0]);
    int runs = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("scrape");
    try (RunningProduct product =
        new RunningProduct(folder).durable().property("backup.metrics.sites = " + arguments[2])) {
      for (int i = 0; i < sites; i++) {
        product.site(
            "site-" + i,
            java.net.URI.create("http://127.0.0.1:9/" + i + "/remote.php"),
            "schedule: \"0 %d %d * * ?\"".formatted(i % 60, i % 24));
      }
      product.start();
      product.jdbc().update(RUNS, sites, runs);
      // a long line of runs that are not due yet
      product
          .jdbc()
          .update(
              "update run set state = 'queued', due_at = dateadd(hour, 1, current_timestamp)"
                  + " where mod(cast(substring(id from 5) as integer), 100) = 0");
      product.jdbc().update("update standing set last_good_at = current_timestamp");
      BackupMetrics metrics =
          product
              .service()
              .context()
              .getRegistry()
              .lookupByNameAndType("backup-metrics", BackupMetrics.class);
      for (int i = 0; i < 10; i++) {
        long begin = System.nanoTime();
        int length = metrics.scrape().length();
        System.out.printf("scrape %9.1f ms, %d bytes%n", (System.nanoTime() - begin) / 1e6, length);
      }
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
    System.exit(0);
  }
}
