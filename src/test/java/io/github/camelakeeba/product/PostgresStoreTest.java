package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.observe.BackupMetrics;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.SharedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("postgres")
class PostgresStoreTest {
  private static String postgres;

  @TempDir Path folder;

  @BeforeAll
  static void createDatabase() throws Exception {
    postgres = SharedPostgres.newDatabase();
  }

  @Test
  void schedules_runs_and_mails_work_on_postgresql_and_survive_a_restart() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).schedules()) {
      SimulatedSite shop =
          product
              .server()
              .joomla("shop")
              .secret(RunningProduct.SECRET)
              .steps(20)
              .stepTime(Duration.ofMillis(100));
      product
          .postgres(postgres)
          .site("shop", shop.url(), "schedule: \"0 0 3 1 1 ?\"")
          .yaml(
              """
              channels:
                ops: {type: mail, smtp: "%SMTP%", from: b@example.com, to: [ops@example.com]}
              notify:
                - {on: completed, to: ops}
              """)
          .start();
      Run run = product.request("{\"site\":\"shop\",\"id\":\"deploy-1\"}");
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 3);

      product.stop();
      product.start();
      Event outcome = product.outcome(run.id());

      assertThat(outcome.data().state()).isEqualTo("completed");
      assertThat(outcome.data().steps()).isEqualTo(20);
      assertThat(shop.requests("startBackup")).hasSize(1);
      assertThat(product.request("{\"site\":\"shop\",\"id\":\"deploy-1\"}").id())
          .isEqualTo(run.id());
      assertThat(product.smtp().waitForIncomingEmail(30_000, 1)).isTrue();
      assertThat(
              product
                  .service()
                  .context()
                  .getRegistry()
                  .lookupByNameAndType("backup-metrics", BackupMetrics.class)
                  .scrape())
          .contains("\nbackup_queue_due 0.0", "\nbackup_runs{state=\"queued\"} 0.0")
          .containsPattern("\nbackup_site_last_good_timestamp_seconds\\{site=\"shop\"} 1\\.\\d+E9");
    }
  }
}
