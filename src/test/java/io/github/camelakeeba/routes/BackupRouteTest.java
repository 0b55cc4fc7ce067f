package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.StepAnswer;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunPhase;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ShippedRoute("backup")
class BackupRouteTest extends RouteTestSupport {
  private final Run ended = mock(Run.class);

  private static Run in(RunPhase phase) {
    Run run = mock(Run.class);
    when(run.running()).thenReturn(true);
    when(run.phase()).thenReturn(phase);
    return run;
  }

  /** Takes a run from this phase to its end in one round. */
  private void runIn(RunPhase phase, String last) {
    bean("backup-steps").answers("begin", in(phase));
    bean("backup-run-repository").answers("checkpoint", ended);
    endpointAnswers(last, ended);
    send("backup-run", in(phase));
  }

  @ParameterizedTest
  @CsvSource({
    "RECOVER_START, direct:backup-recover-start",
    "RECOVER_STEP, direct:backup-recover-step",
    "CHECK_OTHER_BACKUPS, direct:backup-check-other-backups"
  })
  void each_phase_has_its_route(RunPhase phase, String route) {
    runIn(phase, route);

    assertStory(
        "backup-steps.begin",
        "backup-run-deadline.deadline",
        "direct:akeeba-endpoint",
        "backup-run-guard.checkMayContinue",
        route,
        "backup-run-repository.checkpoint",
        "backup-run-guard.checkNotStopped",
        "direct:backup-archive",
        "direct:backup-outcome");
  }

  @Test
  void a_new_run_looks_before_it_starts() {
    runIn(RunPhase.START, "direct:backup-start");

    assertThat(story()).containsSubsequence("direct:backup-preflight", "direct:backup-start");
  }

  @Test
  void a_started_one_pauses_before_each_step_and_notes_its_answer() {
    Run stepping = in(RunPhase.STEP);
    bean("backup-steps").answers("begin", stepping).answers("recordAnswer", stepping, ended);
    bean("backup-run-guard").answers("checkStillOwner", stepping);
    bean("backup-run-repository").answers("checkpoint", stepping, ended);
    endpointAnswers("direct:akeeba-step-backup", mock(StepAnswer.class));

    send("backup-run", stepping);

    assertThat(received("direct:akeeba-step-backup")).hasSize(2);
    assertThat(story())
        .containsSubsequence(
            "backup-run-guard.checkMayContinue",
            "direct:akeeba-pause",
            "backup-run-guard.checkStillOwner",
            "direct:akeeba-step-backup",
            "backup-steps.recordAnswer",
            "backup-run-repository.checkpoint",
            "direct:backup-archive",
            "direct:backup-outcome");
  }

  @Test
  void a_step_whose_answer_is_lost_is_not_sent_again() {
    Run lost = mock(Run.class);
    Run owned = in(RunPhase.STEP);
    bean("backup-run-guard").answers("checkStillOwner", owned);
    bean("backup-lost-responses").answers("recordLostResponse", lost);
    endpointAnswers(
        "direct:akeeba-step-backup", new AkeebaException(ErrorKind.TIMEOUT, "no answer"));

    Exchange after = send("backup-step", in(RunPhase.STEP));

    assertStory(
        "backup-run-guard.checkStillOwner",
        "direct:akeeba-step-backup",
        "backup-lost-responses.recordLostResponse");
    assertThat(bean("backup-lost-responses").call("recordLostResponse")[1]).isSameAs(owned);
    assertThat(after.getMessage().getBody()).isSameAs(lost);
  }

  @Test
  void a_node_that_has_lost_its_claim_sends_no_step() {
    bean("backup-run-guard").answers("checkStillOwner", new ClaimLostException("shop-1"));

    assertThat(send("backup-step", in(RunPhase.STEP)).getException()).isNotNull();

    assertThat(received("direct:akeeba-step-backup")).isEmpty();
  }
}
