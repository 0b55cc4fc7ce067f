package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database stops, and comes back. */
@Tag("process")
@Tag("fault")
class StoreGoesAwayTest {
  @TempDir Path folder;

  private final int port = freePort();

  @Test
  void a_run_waits_for_it_before_its_next_step_and_then_goes_on() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).api()) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      shop.steps(40).stepTime(Duration.ofMillis(100));
      configure(product, shop);
      EmbeddedPostgres postgres = postgres();
      try (ChildProcess serve = serve()) {
        serve.backup("shop");
        await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 3);
        assertThat(serve.health().statusCode()).isEqualTo(200);
        assertThat(serve.health().body()).contains("{\"name\":\"store\",\"status\":\"UP\"}");

        postgres.close();
        await().atMost(RunningProduct.PATIENCE).until(() -> serve.health().statusCode() == 503);
        assertThat(serve.health().body())
            .contains("\"status\":\"DOWN\"", "the store does not take writes")
            .doesNotContain("jdbc", "Exception");
        int steps = shop.requests("stepBackup").size();
        await()
            .during(
                QuickTimings.QUICK.nodeTimeout().plusSeconds(2)) // longer than a node may be silent
            .atMost(QuickTimings.QUICK.nodeTimeout().plusSeconds(7))
            .until(() -> shop.requests("stepBackup").size() == steps);
        assertThat(shop.requests("listBackups")).hasSize(1);
        assertThat(serve.post("shop").statusCode()).isEqualTo(503);

        EmbeddedPostgres again = postgres();
        serve.says("outcome: completed");
        assertThat(serve.health().statusCode()).isEqualTo(200);
        again.close();
        assertQuiet(serve);
      }
      assertThat(shop.requests("startBackup")).hasSize(1);
      assertThat(shop.requests("stepBackup")).hasSize(40);
      assertThat(shop.violations()).isEmpty();
      assertThat(shop.archiveBroken(1)).isFalse();
    }
  }

  @Test
  void serve_waits_for_it_at_its_start() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).api()) {
      configure(product, product.server().joomla("shop"));
      try (ChildProcess serve = serve()) {
        serve.says("backup.database.url: the database can't be reached: ");
        try (EmbeddedPostgres postgres = postgres()) {
          serve.says("the database is there, after ");
          serve.says("serving 1 sites");
        }
        assertQuiet(serve);
      }
    }
  }

  @Test
  void what_waiting_does_not_mend_ends_serve_at_once() throws Exception {
    try (RunningProduct product = new RunningProduct(folder);
        EmbeddedPostgres postgres = postgres()) {
      product.property("backup.database.url = " + url().replace("/postgres", "/no-such-database"));
      product.property("backup.database.user = postgres");
      product.site("shop", product.server().joomla("shop").url()).configure();
      try (ChildProcess serve = serve()) {
        assertThat(serve.code(30)).isEqualTo(2);
        assertThat(serve.err()).contains("database \"no-such-database\" does not exist");
      }
    }
  }

  /** Comings and goings are told, not every attempt. */
  private static void assertQuiet(ChildProcess serve) {
    assertThat(serve.err().lines().count()).as(serve.err()).isLessThan(30);
    assertThat(serve.err()).doesNotContain("\tat ");
  }

  private void configure(RunningProduct product, SimulatedSite shop) throws Exception {
    product.property("backup.database.url = " + url()).property("backup.database.user = postgres");
    product.site("shop", shop.url(), "schedule: \"0 0 3 1 1 ?\"").configure();
  }

  private ChildProcess serve() throws Exception {
    return new ChildProcess(folder, "serve", "--home", folder.toString());
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** The same database each time. */
  private EmbeddedPostgres postgres() throws Exception {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(Files.createDirectories(folder.resolve("postgres")))
        .setCleanDataDirectory(false)
        .start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
