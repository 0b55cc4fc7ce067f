package io.github.camelakeeba.bench;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.watch.Watchdog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.util.FileUtil;

/**
 * What a look at many sites takes, with none and with all of them overdue. By hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=WatchdogBenchmark -Dargs="10000"</pre>
 *
 * Argument: sites.
 */
public final class WatchdogBenchmark {
  private WatchdogBenchmark() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int sites = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("watchdog");
    try (RunningProduct product = new RunningProduct(folder).durable()) {
      for (int i = 0; i < sites; i++) {
        product.site(
            "site-" + i,
            java.net.URI.create("http://127.0.0.1:9/" + i + "/remote.php"),
            "schedule: \"0 %d %d * * ?\"".formatted(i % 60, i % 24));
      }
      product.yaml(
          """
          channels: {ops: {type: mail, smtp: "%SMTP%", from: b@example.com, to: [ops@example.com]}}
          notify:
            - {on: [failed, missed], to: ops, remind: 24h}
            - {on: [failed, missed], sites: ["a*", "b*", "c*", "d*", "e*"], to: ops, remind: 24h}
          """);
      time("start", product::start);
      product.service().context().getRouteController().stopRoute("backup-watchdog");
      Watchdog watchdog =
          product
              .service()
              .context()
              .getRegistry()
              .lookupByNameAndType("backup-watchdog", Watchdog.class);
      for (int i = 0; i < 3; i++) {
        time("look, none overdue", watchdog::overdue);
      }
      product
          .jdbc()
          .update("update standing set entered_at = current_timestamp - interval '9' day");
      time("look, all overdue", watchdog::overdue);
      time("all missed", () -> watchdog.overdue().forEach(watchdog::reportMissed));
      for (int i = 0; i < 3; i++) {
        time("look for what lasts", watchdog::dueReminders);
      }
      System.out.println(product.jdbc().queryForList("select count(*) from outbox"));
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
    System.exit(0);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void time(String what, Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    System.out.printf("%-30s %9.1f ms%n", what, (System.nanoTime() - begin) / 1e6);
  }
}
