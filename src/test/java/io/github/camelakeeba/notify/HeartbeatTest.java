package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that serves schedules pings its check; a command in the foreground does not. */
class HeartbeatTest {
  @TempDir Path folder;

  @Test
  void the_service_pings_its_check_and_one_without_schedules_does_not() throws Exception {
    try (WebhookReceiver web = new WebhookReceiver();
        RunningProduct product = new RunningProduct(folder)) {
      product.site("shop", product.server().joomla("shop").secret(RunningProduct.SECRET).url());
      product
          .yaml(
              """
              channels:
                alive: {type: healthchecks, url: "%s"}
              heartbeat: {channel: alive, every: 200ms}
              """
                  .formatted(web.url("/alive-check")))
          .start();
      assertThat(product.service().context().getRoutes())
          .noneMatch(route -> route.getId().startsWith("backup-heartbeat"));
      product.stop();

      product.schedules().start();
      await().atMost(RunningProduct.PATIENCE).until(() -> web.all("/alive-check").size() >= 3);
      assertThat(web.all("/alive-check"))
          .allMatch(ping -> ping.body().equals("camel-akeeba-backup does its work"));
    }
  }
}
