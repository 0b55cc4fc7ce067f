package io.github.camelakeeba.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who searches the log for a run, or a site, finds every line about it. */
class LinesNameTheirRunTest {
  @TempDir Path folder;

  @Test
  void each_line_about_a_run_has_site_run_and_trigger_and_no_other_line_has() throws Exception {
    try (LogLines lines = LogLines.of("backup-", "akeeba-", "io.github.camelakeeba.");
        RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite good = product.server().joomla("good").secret(RunningProduct.SECRET).steps(4);
      SimulatedSite bad = product.server().joomla("bad").secret(RunningProduct.SECRET).steps(4);
      good.fault(Fault.on("stepBackup").nth(2).answerLost());
      product.site("good", good.url()).site("bad", bad.failAt(2, "no").url());
      product
          .yaml(
              """
              channels: {hook: {type: webhook, url: "http://127.0.0.1:9/"}}
              notify: [{on: [completed, failed], to: hook}]
              """)
          .start();

      for (String site : List.of("good", "bad")) {
        String run = product.backup(site).subject();
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(() -> !lines.containing("channel hook did not accept " + run).isEmpty());
        List<LogEvent> naming = lines.containing(run);
        assertThat(naming).as("asked for, and not delivered").hasSizeGreaterThanOrEqualTo(2);
        assertThat(naming).allSatisfy(line -> assertAbout(line, site, run));
        assertThat(lines.containing("started: ")).anySatisfy(line -> assertAbout(line, site, run));
        assertThat(lines.containing(site.equals("good") ? "completed: " : "failed (b"))
            .isNotEmpty()
            .allSatisfy(line -> assertAbout(line, site, run));
      }
      assertThat(lines.containing("Looking at the site"))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(data(line, "site")).isEqualTo("good"));
      assertThat(lines.containing("the site shows"))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(data(line, "site")).isEqualTo("good"));

      // the thread that asked is not about that run any more
      product.request("good");
      assertThat(org.slf4j.MDC.get("run")).isNull();
      assertThat(org.slf4j.MDC.get("site")).isNull();
    }
  }

  private static void assertAbout(LogEvent line, String site, String run) {
    assertThat(data(line, "site")).as(line.toString()).isEqualTo(site);
    assertThat(data(line, "run")).as(line.toString()).isEqualTo(run);
    assertThat(data(line, "trigger")).as(line.toString()).isEqualTo("command");
  }

  private static String data(LogEvent line, String key) {
    return line.getContextData().getValue(key);
  }
}
