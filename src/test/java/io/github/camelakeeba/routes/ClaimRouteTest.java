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
  void each_tick_asks_for_a_claim_and_wakes_runs_that_were_stopped() {
    fire("backup-claim-tick");

    assertThat(context.getEndpoints())
        .filteredOn(SedaEndpoint.class::isInstance)
        .singleElement(type(SedaEndpoint.class))
        .extracting(SedaEndpoint::getCurrentQueueSize)
        .isEqualTo(1);
    assertStory("backup-stop-requests.wakeStopped");
  }

  @Test
  void a_batch_is_started_before_the_next_is_claimed() {
    bean("backup-run-claimer")
        .answers(
            "claimBatch",
            List.of(mock(Run.class), mock(Run.class)),
            List.of(mock(Run.class)),
            List.of());

    fire("backup-claim");

    assertStory(
        "backup-run-claimer.claimBatch",
        "backup-run-launcher.launch",
        "backup-run-launcher.launch",
        "backup-run-claimer.claimBatch",
        "backup-run-launcher.launch",
        "backup-run-claimer.claimBatch");
  }

  @Test
  void nothing_is_launched_when_nothing_is_due() {
    fire("backup-claim");

    assertStory("backup-run-claimer.claimBatch");
  }

  @Test
  void what_was_claimed_before_the_store_failed_is_launched_and_the_rest_waits_for_the_next_tick() {
    bean("backup-run-claimer")
        .answers("claimBatch", List.of(mock(Run.class)), new QueryTimeoutException("no answer"));
    bean("backup-store-availability").answers("isStoreFailure", true);

    assertThat(fire("backup-claim").getException()).isNull();

    assertStory(
        "backup-run-claimer.claimBatch",
        "backup-run-launcher.launch",
        "backup-run-claimer.claimBatch",
        "backup-store-availability.isStoreFailure");
  }

  @Test
  void the_heartbeat_goes_on_when_the_store_is_back() {
    bean("backup-node-heartbeat").answers("beat", new QueryTimeoutException("no answer"));
    bean("backup-store-availability").answers("isStoreFailure", true);

    assertThat(fire("backup-node-heartbeat").getException()).isNull();

    assertStory("backup-node-heartbeat.beat", "backup-store-availability.isStoreFailure");
  }
}
