package io.github.camelakeeba.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.outbox.OutboxRows;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Database database = CopiedStore.memory("metrics-" + UUID.randomUUID(), 2);
  private final BackupMetrics metrics =
      new BackupMetrics(List.of("chat"), database.availability(), Clock.systemUTC());

  @AfterEach
  void close() {
    database.close();
  }

  private void readOutbox() {
    OutboxQueries view = new OutboxQueries(database.dataSource(), Map.of());
    metrics.addScraped(List.of(OutboxMetrics.of(database.availability(), view, Clock.systemUTC())));
  }

  @Test
  void deliveries_are_counted_from_0_by_their_result() {
    metrics.deliveryEnded("chat", true);
    metrics.deliveryEnded("chat", true);

    assertThat(metrics.scrape())
        .contains("# TYPE backup_deliveries_total counter")
        .contains("backup_deliveries_total{channel=\"chat\",result=\"delivered\"} 2.0")
        .contains("backup_deliveries_total{channel=\"chat\",result=\"failed\"} 0.0");
  }

  @Test
  void the_outbox_is_read_anew_at_each_scrape() {
    readOutbox();
    assertThat(metrics.scrape()).doesNotContain("backup_outbox_pending{");
    new OutboxRows(database.dataSource())
        .failing("chat", "a", "no")
        .waiting("chat", "b", "quiet")
        .parked("chat", "c", "no");

    assertThat(metrics.scrape())
        .contains("backup_outbox_pending{channel=\"chat\"} 1.0")
        .contains("backup_outbox_waiting{channel=\"chat\"} 1.0")
        .contains("backup_outbox_parked{channel=\"chat\"} 1.0")
        .containsPattern("backup_outbox_oldest_seconds\\{channel=\"chat\"} 18\\d\\d\\.");
  }

  @Test
  void a_store_that_is_away_leaves_gauges_out_and_breaks_nothing() {
    readOutbox();
    new OutboxRows(database.dataSource()).fresh("chat", "a");
    assertThat(metrics.scrape()).contains("backup_outbox_pending{");

    database.close();

    assertThat(metrics.scrape())
        .contains("backup_deliveries_total{")
        .doesNotContain("backup_outbox_pending{");
  }
}
