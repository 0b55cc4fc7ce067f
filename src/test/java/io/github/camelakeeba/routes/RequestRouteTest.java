package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("request")
class RequestRouteTest extends RouteTestSupport {

  private static PendingOutcome pending(boolean open) {
    return new PendingOutcome(null, null, null, 1, open);
  }

  @Test
  void a_request_becomes_a_row_and_the_claim_is_asked_for() {
    Run run = mock(Run.class);
    when(run.id()).thenReturn("shop-1");
    when(run.state()).thenReturn(RunState.QUEUED);
    when(run.request()).thenReturn(mock(BackupRequest.class));
    bean("backup-request-repository").answers("accept", run);
    bean("backup-run-claimer").answers("hasPlaceFor", true);

    Exchange accepted = send("backup-request", mock(BackupRequest.class));

    assertStory(
        "backup-request-repository.accept",
        "backup-run-claimer.hasPlaceFor",
        "backup-isolated-exchanges.requestClaim");
    assertThat(accepted.getMessage().getBody()).isSameAs(run);
    assertThat(logged()).singleElement().asString().startsWith("INFO queued: run shop-1");
  }

  @Test
  void a_request_whose_run_finds_no_place_asks_for_no_claim() {
    Run run = mock(Run.class);
    when(run.state()).thenReturn(RunState.QUEUED);
    when(run.request()).thenReturn(mock(BackupRequest.class));
    bean("backup-request-repository").answers("accept", run);
    bean("backup-run-claimer").answers("hasPlaceFor", false);

    Exchange accepted = send("backup-request", mock(BackupRequest.class));

    assertStory("backup-request-repository.accept", "backup-run-claimer.hasPlaceFor");
    assertThat(accepted.getMessage().getBody()).isSameAs(run);
  }

  @Test
  void a_request_that_is_refused_asks_for_no_claim() {
    bean("backup-request-repository").answers("accept", new IllegalStateException("busy"));

    assertThat(send("backup-request", mock(BackupRequest.class)).getException()).hasMessage("busy");

    assertStory("backup-request-repository.accept");
  }

  @Test
  void the_outcome_is_asked_for_until_it_is_there() {
    bean("backup-await-outcome").answers("poll", pending(true), pending(true), pending(false));

    Exchange waited = send("backup-await-outcome", mock(Run.class));

    assertThat(bean("backup-await-outcome").calls("poll")).hasSize(3);
    assertThat(waited.getMessage().getBody()).isEqualTo(pending(false));
  }
}
