package io.github.camelakeeba.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.Product;
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
class ClaimCheckTest {
  @TempDir Path folder;

  @Test
  void a_loop_that_has_hung_for_two_minutes_is_down_one_that_tries_in_vain_is_not()
      throws Exception {
    try (Product product = new Product(folder)) {
      product.site("shop", URI.create("http://127.0.0.1:9/remote.php")).start();
      Claims claims =
          product
              .service()
              .context()
              .getRegistry()
              .lookupByNameAndType("backup-claims", Claims.class);
      product.database().close();
      Instant away = Instant.now();
      await().atMost(Product.PATIENCE).until(() -> claims.roundAt().isAfter(away));
      assertThat(check(claims, Clock.systemUTC())).isEqualTo(State.UP);

      product.service().context().getRouteController().stopRoute("backup-claim-tick");
      Instant last = claims.roundAt();
      assertThat(check(claims, at(last.plus(Duration.ofSeconds(110))))).isEqualTo(State.UP);
      // a round that had begun may still be counted
      assertThat(check(claims, at(last.plus(Duration.ofSeconds(130))))).isEqualTo(State.DOWN);
    }
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private static State check(Claims claims, Clock clock) {
    return new ClaimCheck(claims, clock).call().getState();
  }
}
