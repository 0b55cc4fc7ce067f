package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many runs write their notes together; each call waits for its own. */
class StepIsNotedFirstTest {
  private static final int SITES = 10;
  private static final int STEPS = 6;

  @TempDir Path folder;

  @Test
  void no_step_is_sent_before_its_note_is_durable() throws Exception {
    Queue<String> notes = new ConcurrentLinkedQueue<>();
    try (RunningProduct product = new RunningProduct(folder)) {
      for (int i = 0; i < SITES; i++) {
        String name = "site-" + i;
        SimulatedSite site =
            product
                .server()
                .joomla(name)
                .secret(RunningProduct.SECRET)
                .steps(STEPS)
                .sleepTime(i % 2 * 50L);
        site.fault(
            Fault.on("stepBackup").always().inside(() -> notes.add(committedNote(product, name))));
        product.site(name, site.url());
      }
      product.yaml("limits: {concurrent: %s, perHost: %s}".formatted(SITES, SITES)).start();
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < SITES; i++) {
        runs.add(product.request("site-" + i));
      }

      for (Run run : runs) {
        assertThat(product.outcome(run.id()).data().state()).isEqualTo("completed");
      }
    }
    assertThat(notes).hasSize(SITES * STEPS).containsOnly("stepBackup");
  }

  /** As another connection sees it, while the site executes the step. */
  private static String committedNote(RunningProduct product, String site) {
    return product
        .jdbc()
        .queryForObject(
            "select coalesce(sending, 'none') from run where site = ?", String.class, site);
  }
}
