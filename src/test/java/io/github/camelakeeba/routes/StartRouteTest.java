package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.StepAnswer;
import io.github.camelakeeba.backup.PreflightState;
import io.github.camelakeeba.run.Run;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("start")
class StartRouteTest extends RouteTestSupport {
  private final Run run = mock(Run.class);

  @Test
  void the_way_must_be_free_before_a_start() {
    PreflightState busy = mock(PreflightState.class);
    when(busy.open()).thenReturn(true);
    bean("backup-preflight").answers("judge", busy, busy, mock(PreflightState.class));
    endpointAnswers("direct:akeeba-get-profiles", List.of());
    endpointAnswers("direct:akeeba-list-backups", List.of());

    Exchange free = send("backup-preflight", run);

    assertThat(free.getVariable("backup-records")).as("kept while the run steps").isNull();
    assertThat(free.getVariable("backup-profiles")).as("kept while the run steps").isNull();
    assertStory(
        "direct:akeeba-get-profiles",
        "backup-preflight.judge",
        "direct:akeeba-pause",
        "direct:akeeba-list-backups",
        "backup-preflight.judge",
        "direct:akeeba-pause",
        "direct:akeeba-list-backups",
        "backup-preflight.judge");
  }

  @Test
  void a_start_is_sent_once_and_noted() {
    bean("backup-steps").answers("prepareStart", run).answers("recordStartAnswer", run);
    endpointAnswers("direct:akeeba-start-backup", mock(StepAnswer.class));

    send("backup-start", run);

    assertStory(
        "backup-steps.prepareStart",
        "direct:akeeba-start-backup",
        "backup-steps.recordStartAnswer",
        "direct:backup-outcome-started");
  }

  @Test
  void a_start_whose_answer_is_lost_is_not_sent_again() {
    bean("backup-steps").answers("prepareStart", run);
    endpointAnswers(
        "direct:akeeba-start-backup", new AkeebaException(ErrorKind.TIMEOUT, "no answer"));

    send("backup-start", run);

    assertStory(
        "backup-steps.prepareStart",
        "direct:akeeba-start-backup",
        "backup-lost-responses.recordLostResponse",
        "direct:backup-outcome-started");
  }
}
