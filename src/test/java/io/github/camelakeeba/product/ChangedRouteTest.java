package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user has changed a route file so that runs do not end any more, or are not verified. */
@Tag("slow")
@Tag("fault")
class ChangedRouteTest {
  private static final String CLOSE =
      "              - bean:\n                  ref: backup-run-completion\n                  method: writeEnd\n";

  @TempDir Path folder;
  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void open() {
    product = new RunningProduct(folder).durable();
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
    product
        .site("shop", shop.url())
        .yaml(
            """
            channels:
              ops: {type: mail, smtp: "%SMTP%", from: a@example.com, to: [ops@example.com]}
            notify:
              - {on: failed, to: ops}
            """)
        .property("backup.outbox.gather = 0s");
  }

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  private void changed(String file, String before, String after) throws IOException {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
      for (Path route : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(route, routes.resolve(route.getFileName()));
      }
    }
    String text = Files.readString(routes.resolve(file));
    assertThat(text).contains(before);
    Files.writeString(routes.resolve(file), text.replace(before, after));
  }

  private int failures() {
    return product.jdbc().queryForObject("select internal_failures from run", Integer.class);
  }

  private void endsAndIsTold(Event outcome) {
    assertThat(outcome.data().state()).isEqualTo("failed");
    assertThat(outcome.data().error().kind()).isEqualTo("internal");
    assertThat(outcome.data().error().message()).contains("3 times").contains("routes/");
    assertThat(failures()).isEqualTo(3);
    assertThat(shop.requests("startBackup")).hasSize(1);
    assertThat(shop.violations()).isEmpty();
    assertThat(product.smtp().waitForIncomingEmail(RunningProduct.PATIENCE.toMillis(), 1)).isTrue();
  }

  /** The first throws where the end is written, the second leaves that out without a word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "              - setBody:\n                  expression:\n                    constant:\n                      expression: done\n"
            + CLOSE,
        ""
      })
  void a_run_that_its_routes_do_not_end_fails_after_three_times_and_is_told(String instead)
      throws Exception {
    changed("outcome.camel.yaml", CLOSE, instead);
    product.start();

    endsAndIsTold(product.backup("shop"));
  }

  @Test
  void a_copy_that_does_not_read_the_archive_calls_no_backup_good() throws Exception {
    changed("verify.camel.yaml", "${variable.backup-info.readable}", "false");
    product.start();

    Event outcome = product.backup("shop");

    assertThat(outcome.data().state()).isEqualTo("failed");
    assertThat(outcome.data().error().kind()).isEqualTo("verification");
    assertThat(outcome.data().error().message()).contains("beginning of its archive was not read");
  }

  @Test
  void the_failures_are_counted_across_a_restart() throws Exception {
    changed("outcome.camel.yaml", CLOSE, "");
    product.start();
    String run = product.request("shop").id();
    await()
        .atMost(RunningProduct.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> failures() > 0);
    product.stop();

    product.startAsItIs();

    endsAndIsTold(product.outcome(run));
  }

  @Test
  void what_was_left_after_the_third_failure_is_ended_without_another_try() throws Exception {
    product.start();
    CountDownLatch answer = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").holdAnswer(answer));
    String run = product.request("shop").id();
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() == 1);
    product.jdbc().update("update run set internal_failures = 3");
    RunGuard gate =
        product
            .service()
            .context()
            .getRegistry()
            .lookupByNameAndType("backup-run-guard", RunGuard.class);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(this::stop);
    await().atMost(RunningProduct.PATIENCE).until(gate::closed);
    answer.countDown();
    stopped.get();
    int before = shop.requests().size();

    product.startAsItIs();

    assertThat(product.outcome(run).data().error().kind()).isEqualTo("internal");
    assertThat(shop.requests()).hasSize(before);
  }

  private void stop() {
    try {
      product.stop();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
