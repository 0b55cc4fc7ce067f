package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the page works as it stands there. */
@Tag("process")
class DeploymentPageTest {
  private static final Path PAGE = Path.of("docs/how-to/back-up-before-a-deployment.md");

  @TempDir Path folder;
  private final int port = Ports.free();
  private RunningProduct product;
  private SimulatedSite shop;
  private Path script;

  @BeforeEach
  void write() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/bin/sh")) && Files.isExecutable(Path.of("/usr/bin/curl")));
    Matcher block = Pattern.compile("(?s)```sh\n(.*?)```").matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    script = Files.writeString(folder.resolve("backup.sh"), block.group(1));
    product = new RunningProduct(folder.resolve("home"));
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url()).api().property("backup.api.port = " + port);
  }

  @AfterEach
  void close() throws Exception {
    if (product != null) {
      product.close();
    }
  }

  private Process begin(String site, String id, String wait) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString(), site, id).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "BACKUP_API",
                "http://127.0.0.1:" + port,
                "BACKUP_TOKEN",
                RunningProduct.TOKEN,
                "BACKUP_WAIT",
                wait,
                "BACKUP_TIMEOUT",
                "60"));
    return builder.start();
  }

  private int ends(String site, String id) throws Exception {
    Process process = begin(site, id, "30s");
    assertThat(new String(process.getInputStream().readAllBytes())).isNotBlank();
    return process.waitFor();
  }

  @Test
  void it_ends_as_the_backup_does_and_the_same_id_is_the_same_backup() throws Exception {
    product.start();
    assertThat(ends("shop", "deploy-1")).isZero();
    assertThat(ends("shop", "deploy-1")).isZero();
    assertThat(shop.requests("startBackup")).hasSize(1);
    assertThat(shop.requests("startBackup").get(0).param("description"))
        .isEqualTo("before deploy-1");

    shop.warnings(2, "a file could not be read");
    assertThat(ends("shop", "deploy-2")).isEqualTo(3);
    shop.failAt(2, "The disk is full");
    assertThat(ends("shop", "deploy-3")).isEqualTo(1);
    assertThat(ends("nix", "deploy-4")).isEqualTo(2);
  }

  @Test
  void it_goes_on_waiting_and_another_one_meanwhile_is_refused() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    Process early = begin("shop", "deploy-1", "200ms");
    assertThat(early.waitFor(1, java.util.concurrent.TimeUnit.SECONDS)).isFalse();
    product.start();
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() == 1);

    assertThat(ends("shop", "deploy-2")).isEqualTo(4);
    await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).until(early::isAlive);
    release.countDown();
    assertThat(new String(early.getInputStream().readAllBytes())).contains("backup.completed.v1");
    assertThat(early.waitFor()).isZero();
    assertThat(shop.requests("startBackup")).hasSize(1);
  }
}
