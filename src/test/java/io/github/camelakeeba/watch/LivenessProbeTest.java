package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.product.RunningProduct;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The heartbeat beats only as long as the service does its work. */
class LivenessProbeTest {
  @TempDir Path folder;

  @Test
  void a_schedule_that_does_not_fire_and_sites_that_nobody_looks_after_stop_it() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).schedules()) {
      product
          .site("shop", URI.create("http://127.0.0.1:9/remote.php"), "schedule: \"0 0 3 1 1 ?\"")
          .yaml("channels: {hook: {type: webhook, url: \"http://127.0.0.1:9/\"}}\nnotify: []\n")
          .start();
      assertThat(pulse(product, Clock.systemUTC()).problem()).isNull();

      product
          .jdbc()
          .update("update qrtz_triggers set next_fire_time = ?", minutesAgo(1).toEpochMilli());
      assertThat(pulse(product, Clock.systemUTC()).problem()).isNull();
      product
          .jdbc()
          .update("update qrtz_triggers set next_fire_time = ?", minutesAgo(3).toEpochMilli());
      assertThat(pulse(product, Clock.systemUTC()).problem().reason())
          .isEqualTo("the schedule of shop does not fire");

      product.jdbc().update("update qrtz_triggers set next_fire_time = 4102444800000");
      Outbox outbox = product.service().beans().outbox();
      await().atMost(RunningProduct.PATIENCE).until(() -> outbox.lastPolledAt("hook") != null);
      await().atMost(RunningProduct.PATIENCE).until(() -> watchdog(product).lastCheckAt() != null);
      Clock later = Clock.fixed(Instant.now().plus(Duration.ofMinutes(6)), ZoneOffset.UTC);
      assertThat(pulse(product, later).problem().reason())
          .isEqualTo("nobody looks for sites that are overdue");
    }
  }

  @Test
  void a_channel_whose_route_stands_still_stops_it() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      product
          .site("shop", URI.create("http://127.0.0.1:9/remote.php"))
          .yaml("channels: {hook: {type: webhook, url: \"http://127.0.0.1:9/\"}}\nnotify: []\n")
          .start();
      Outbox outbox = product.service().beans().outbox();
      await().atMost(RunningProduct.PATIENCE).until(() -> outbox.lastPolledAt("hook") != null);
      product.service().context().getRouteController().stopRoute("backup-dispatch-hook");
      Instant last = outbox.lastPolledAt("hook");
      Watchdog watchdog = watchdog(product);
      Duration apart = Duration.ofSeconds(1);
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> last.plus(apart).isBefore(watchdog.lastCheckAt()));

      // a fixed instant at which the channel, and only the channel, was left alone for too long
      Instant now = last.plus(Duration.ofMinutes(5)).plus(apart.dividedBy(2));
      assertThat(pulse(product, Clock.fixed(now, ZoneOffset.UTC)).problem().reason())
          .isEqualTo("nobody looks after channel hook");
    }
  }

  private static Instant minutesAgo(int minutes) {
    return Instant.now().minus(Duration.ofMinutes(minutes));
  }

  private static LivenessProbe pulse(RunningProduct product, Clock clock) {
    Outbox outbox = product.service().beans().outbox();
    return new LivenessProbe(
        product.service().configuration(), product.database(), outbox, watchdog(product), clock);
  }

  private static Watchdog watchdog(RunningProduct product) {
    return product
        .service()
        .context()
        .getRegistry()
        .lookupByNameAndType("backup-watchdog", Watchdog.class);
  }
}
