package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk under the embedded database is full; a limit on the size of files plays the disk. */
@Tag("process")
@Tag("fault")
@EnabledOnOs(OS.LINUX)
class StoreIsFullTest {
  private static final int KILOBYTES = 1_800;

  @TempDir Path folder;

  @Test
  void a_run_waits_before_its_next_step_until_there_is_room_and_then_goes_on() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).durable().api()) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      shop.steps(150).stepTime(Duration.ofMillis(20));
      product.site("shop", shop.url(), "comment: " + "x".repeat(20_000)).configure();
      // its tables are there: what making them takes is no business of this disk
      Database.file(folder.resolve("data"), 4).close();
      try (ChildProcess serve = full()) {
        serve.backup("shop");
        serve.says("the store does not take writes: ");
        await().atMost(RunningProduct.PATIENCE).until(() -> serve.health().statusCode() == 503);
        int steps = shop.requests("stepBackup").size();
        assertThat(steps).isBetween(1, 149);
        await()
            .during(Duration.ofSeconds(2))
            .atMost(Duration.ofSeconds(4))
            .until(() -> shop.requests("stepBackup").size() == steps);

        Process room =
            new ProcessBuilder("prlimit", "--pid", "" + serve.pid(), "--fsize=unlimited").start();
        assertThat(room.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(room.exitValue()).isZero();
        serve.says("outcome: completed");
        await().atMost(RunningProduct.PATIENCE).until(() -> serve.health().statusCode() == 200);
        assertThat(serve.err().lines().count()).as(serve.err()).isLessThan(30);
        assertThat(serve.err()).doesNotContain("\tat ");
      }
      assertThat(shop.requests("startBackup")).hasSize(1);
      assertThat(shop.requests("stepBackup")).hasSize(150);
      assertThat(shop.archiveBroken(1)).isFalse();
      assertThat(shop.violations()).isEmpty();
    }
  }

  @Test
  void a_file_that_can_only_be_read_is_told_at_the_start() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).durable()) {
      product.site("shop", product.server().joomla("shop").url()).configure();
      Files.createDirectories(folder.resolve("data/backup.mv.db"));
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        assertThat(serve.code(30)).isEqualTo(2);
        assertThat(serve.err()).contains("data/backup.mv.db: the store can't be opened: ");
      }
    }
  }

  private ChildProcess full() throws Exception {
    List<String> limited =
        List.of("sh", "-c", "ulimit -S -f " + KILOBYTES * 2 + "; exec \"$@\"", "sh");
    return new ChildProcess(folder, limited, "serve", "--home", folder.toString());
  }
}
