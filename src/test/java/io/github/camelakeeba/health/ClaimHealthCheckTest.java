package io.github.camelakeeba.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.store.RunClaimer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A claim loop that stands still is told apart from a store that is away. */
class ClaimHealthCheckTest {
  @TempDir Path folder;

  @Test
  void a_loop_that_has_hung_for_two_minutes_is_down_one_that_tries_in_vain_is_not()
      throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      product.site("shop", URI.create("http://127.0.0.1:9/remote.php")).start();
      RunClaimer claims =
          product
              .service()
              .context()
              .getRegistry()
              .lookupByNameAndType("backup-run-claimer", RunClaimer.class);
      await().atMost(RunningProduct.PATIENCE).until(() -> claims.lastRoundAt() != null);
      product.database().close();
      Instant away = Instant.now();
      await().atMost(RunningProduct.PATIENCE).until(() -> claims.lastRoundAt().isAfter(away));
      assertThat(check(claims, Clock.systemUTC())).isEqualTo(State.UP);

      product.service().context().getRouteController().stopRoute("backup-claim-tick");
      Instant last = claims.lastRoundAt();
      assertThat(check(claims, at(last.plus(Duration.ofSeconds(110))))).isEqualTo(State.UP);
      // a round that had begun may still be counted
      assertThat(check(claims, at(last.plus(Duration.ofSeconds(130))))).isEqualTo(State.DOWN);
    }
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private static State check(RunClaimer claims, Clock clock) {
    return new ClaimHealthCheck(claims, clock).call().getState();
  }
}
