package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.run.Run;
import java.util.List;
import org.apache.camel.component.seda.SedaEndpoint;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("claim")
class ClaimRouteTest extends RouteTestSupport {

  @Test
  void each_tick_asks_for_a_claim() {
    fire("backup-claim-tick");

    assertThat(context.getEndpoints())
        .filteredOn(SedaEndpoint.class::isInstance)
        .singleElement(type(SedaEndpoint.class))
        .extracting(SedaEndpoint::getCurrentQueueSize)
        .isEqualTo(1);
  }

  @Test
  void each_claimed_run_is_launched_after_the_heartbeat() {
    bean("backup-run-claimer").answers("claimDue", List.of(mock(Run.class), mock(Run.class)));

    fire("backup-claim");

    assertStory(
        "backup-run-claimer.heartbeat",
        "backup-run-claimer.claimDue",
        "backup-run-launcher.launch",
        "backup-run-launcher.launch");
  }

  @Test
  void nothing_is_launched_when_nothing_is_due() {
    fire("backup-claim");

    assertStory("backup-run-claimer.heartbeat", "backup-run-claimer.claimDue");
  }

  @Test
  void a_node_that_cannot_say_that_it_is_alive_claims_nothing() {
    bean("backup-run-claimer").answers("heartbeat", new QueryTimeoutException("no answer"));
    bean("backup-store-availability").answers("isStoreFailure", true);

    assertThat(fire("backup-claim").getException()).isNull();

    assertStory("backup-run-claimer.heartbeat", "backup-store-availability.isStoreFailure");
  }
}
