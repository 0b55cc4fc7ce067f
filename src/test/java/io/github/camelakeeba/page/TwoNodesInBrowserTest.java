package io.github.camelakeeba.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.SharedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one store, the second a process of its own: each page shows the runs of both. */
@Tag("browser")
class TwoNodesInBrowserTest {
  @TempDir Path first;
  @TempDir Path second;

  @Test
  void the_page_of_one_node_shows_the_run_of_the_other_and_stops_it() throws Exception {
    String store = SharedPostgres.newDatabase();
    try (RunningProduct a = new RunningProduct(first).api().postgres(store);
        RunningProduct b = new RunningProduct(second).api();
        Browser browser = new Browser()) {
      SimulatedSite shop = a.server().joomla("shop").secret(RunningProduct.SECRET);
      shop.steps(1_000).stepTime(Duration.ofMillis(60));
      a.site("shop", shop.url()).start();
      a.request("shop");
      browser.until("A is at it", () -> shop.requests("stepBackup").size() > 1);
      b.property("backup.database.url = " + store).property("backup.database.user = postgres");
      b.site("shop", shop.url()).configure();
      try (ChildProcess node = new ChildProcess(second, "serve", "--home", second.toString())) {
        browser.signIn(URI.create(node.address()), "/", RunningProduct.TOKEN);
        browser.waitForText("#running", "shop");
        browser.waitForChange("#running .what");
        browser.press("#running", "Stop");
        browser.press("#running", "Really stop?");
        browser.waitForNo("#running progress");
        browser.waitForText("#needs", "shop");
        assertThat(shop.violations()).isEmpty();
        browser.assertNoViolations();
      }
    }
  }
}
