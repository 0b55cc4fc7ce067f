package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ordered stop does not wait for ever for a call, and does not invent how it ended. */
@Tag("fault")
class StopInACallTest {
  @TempDir Path folder;

  @Test
  void a_stop_in_a_call_that_hangs_takes_10_s_at_most_and_the_next_start_ends_it_once()
      throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (RunningProduct product = new RunningProduct(folder).durable().timings(Timings.SHIPPED)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      shop.fault(Fault.on("stepBackup").nth(4).holdAnswer(answer));
      product
          .site("shop", shop.url())
          .yaml(
              """
              channels:
                ops: {type: mail, smtp: "%SMTP%", from: backup@example.com, to: ops@example.com}
              notify: [{on: completed, to: ops}]
              """)
          .start();
      Run run = product.request("shop");
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() == 4);

      Instant begin = Instant.now();
      product.stop();
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(12));
      answer.countDown();

      product.start();
      Event outcome = product.outcome(run.id());
      assertThat(outcome.data().state()).isEqualTo("completed");
      assertThat(outcome.data().recoveries()).isEqualTo(1);
      assertThat(shop.requests("startBackup")).hasSize(1);
      assertThat(shop.requests("stepBackup")).hasSize(10);
      assertThat(shop.archiveBroken(1)).isFalse();
      assertThat(shop.violations().stream().filter(text -> !text.contains("session"))).isEmpty();
      assertThat(product.smtp().waitForIncomingEmail(30_000, 1)).isTrue();
      product.stop();
      product.start();
      assertThat(product.outcome(run.id())).isEqualTo(outcome);
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> product.service().beans().outbox().undeliveredCount(null) == 0);
      assertThat(product.smtp().getReceivedMessages()).hasSize(1);
    }
  }
}
