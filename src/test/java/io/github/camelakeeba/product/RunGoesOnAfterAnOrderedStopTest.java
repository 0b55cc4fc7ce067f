package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Tag("fault")
class RunGoesOnAfterAnOrderedStopTest {
  @TempDir Path folder;

  @Test
  void a_run_is_set_aside_between_two_steps_and_the_next_start_ends_it() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).durable()) {
      SimulatedSite shop =
          product
              .server()
              .joomla("shop")
              .secret(RunningProduct.SECRET)
              .steps(30)
              .stepTime(Duration.ofMillis(100))
              .warnings(3, "a warning before the stop")
              .warnings(25, "a warning after it");
      product.site("shop", shop.url()).start();
      Run run = product.request("shop");
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 5);

      product.stop();
      int stepsBefore = shop.requests("stepBackup").size();
      assertThat(stepsBefore).isLessThan(30);
      product.start();
      Event outcome = product.outcome(run.id());

      assertThat(outcome.data().state()).isEqualTo("warning");
      assertThat(outcome.data().steps()).isEqualTo(30);
      assertThat(outcome.data().attempts()).isEqualTo(1);
      assertThat(outcome.data().warnings().texts())
          .containsExactly("a warning before the stop", "a warning after it");
      assertThat(shop.requests("startBackup")).hasSize(1);
      assertThat(shop.requests("stepBackup")).hasSize(30);
      // the new process keeps a new cookie jar; nothing else may be wrong
      assertThat(shop.violations().stream().filter(text -> !text.contains("session")))
          .isEqualTo(List.of());
    }
  }

  @Test
  void a_run_whose_site_was_taken_out_meanwhile_ends_with_that_reason() throws Exception {
    String run;
    try (RunningProduct product = new RunningProduct(folder).durable()) {
      SimulatedSite shop =
          product
              .server()
              .joomla("shop")
              .secret(RunningProduct.SECRET)
              .steps(60)
              .stepTime(Duration.ofMillis(100));
      product.site("shop", shop.url()).start();
      run = product.request("shop").id();
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 2);
    }
    try (RunningProduct product = new RunningProduct(folder).durable()) {
      product.site("blog", product.server().joomla("blog").url()).start();

      Event outcome = product.outcome(run);

      assertThat(outcome.data().error().kind()).isEqualTo("configuration");
      assertThat(outcome.data().error().message()).contains("shop was taken out of sites.yaml");
    }
  }

  @Test
  void a_run_that_sleeps_until_the_site_is_free_holds_the_stop_for_10_s_at_most() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).durable()) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
      ForeignClient.starts(shop);
      product.site("shop", shop.url(), "busyWait: 10m").start(); // 30 s between two looks
      Run run = product.request("shop");
      await().atMost(RunningProduct.PATIENCE).until(() -> !shop.requests("listBackups").isEmpty());

      Instant asked = Instant.now();
      product.stop();

      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(12));
      try (Database store = Database.file(folder.resolve("data"), 2)) {
        assertThat(new RunQueries(store).view(run.id()).orElseThrow().open()).isTrue();
      }
    }
  }
}
