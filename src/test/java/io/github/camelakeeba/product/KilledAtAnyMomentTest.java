package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A serve is killed or stopped again and again: each run ends once, with the backup it began. */
@Tag("process")
@Tag("fault")
class KilledAtAnyMomentTest {
  private static final int STEPS = 60;
  private static final int RUNS = 3;

  @TempDir Path folder;

  private final List<SimulatedSite> sites = new ArrayList<>();
  private final long seed = Long.getLong("kill.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void by_kill_9() throws Exception {
    try (RunningProduct product = product()) {
      try (ChildProcess serve = serve()) {
        for (int i = 0; i < RUNS; i++) {
          serve.backup("shop-" + i);
        }
        atSomeMoment(serve);
        serve.kill();
      }
      for (int kills = 1; kills < 3; kills++) {
        try (ChildProcess serve = serve()) {
          atSomeMoment(serve);
          serve.kill();
        }
      }
      product.start();

      assertEnded(product);
    }
  }

  @Test
  void by_SIGTERM() throws Exception {
    try (RunningProduct product = product()) {
      try (ChildProcess serve = serve()) {
        for (int i = 0; i < RUNS; i++) {
          serve.backup("shop-" + i);
        }
        atSomeMoment(serve);
        serve.terminate();
        assertThat(serve.code(30)).as(serve.err()).isZero();
      }
      product.start();

      assertEnded(product);
      for (int i = 0; i < RUNS; i++) {
        assertThat(outcome(product, i).data().recoveries()).as("seed %d", seed).isZero();
        assertThat(sites.get(i).requests("startBackup")).as("seed %d", seed).hasSize(1);
        assertThat(sites.get(i).requests("stepBackup")).as("seed %d", seed).hasSize(STEPS);
      }
    }
  }

  private RunningProduct product() throws Exception {
    RunningProduct product =
        new RunningProduct(folder).durable().api().yaml("limits: {perHost: 9}\n");
    for (int i = 0; i < RUNS; i++) {
      String name = "shop-" + i;
      SimulatedSite site =
          i % 2 == 0 ? product.server().joomla(name) : product.server().wordpress(name);
      site.secret(RunningProduct.SECRET).steps(STEPS).stepTime(Duration.ofMillis(20));
      sites.add(site);
      product.site(name, site.url(), "retry: {unreachable: 0, untrusted: 3}");
    }
    product.configure();
    return product;
  }

  private ChildProcess serve() throws Exception {
    return new ChildProcess(folder, "serve", "--home", folder.toString());
  }

  /** After a few more requests, and then a few milliseconds later. */
  private void atSomeMoment(ChildProcess serve) {
    int requests = requests() + 1 + random.nextInt(30);
    await()
        .atMost(RunningProduct.PATIENCE)
        .pollInterval(Duration.ofMillis(1 + random.nextInt(20)))
        .failFast(() -> !serve.alive())
        .until(() -> requests() >= requests);
  }

  private int requests() {
    return sites.stream().mapToInt(site -> site.requests().size()).sum();
  }

  private void assertEnded(RunningProduct product) {
    for (int i = 0; i < RUNS; i++) {
      SimulatedSite site = sites.get(i);
      Event.Data told = outcome(product, i).data();
      assertThat(told.state()).as("seed %d: %s", seed, told.error()).isEqualTo("completed");
      assertThat(told.steps()).as("seed %d", seed).isEqualTo(STEPS);
      // killed between the note and the call, within one second: nobody can tell, so anew
      assertThat(told.attempts()).as("seed %d", seed).isBetween(1, 4);
      // killed between the note and the start: the attempt counts, though nothing was sent
      assertThat(site.requests("startBackup"))
          .as("seed %d", seed)
          .hasSizeBetween(1, told.attempts());
      assertThat(site.archiveBroken(told.recordId())).as("seed %d", seed).isFalse();
      assertThat(site.violations().stream().filter(text -> !text.contains("session")))
          .as("seed %d", seed)
          .isEmpty();
    }
    assertThat(product.jdbc().queryForObject("select count(*) from run", Integer.class))
        .isEqualTo(RUNS);
  }

  private static Event outcome(RunningProduct product, int site) {
    return product.outcome(
        product
            .jdbc()
            .queryForObject("select id from run where site = ?", String.class, "shop-" + site));
  }
}
