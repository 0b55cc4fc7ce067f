package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.RunWarnings;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("outcome")
class OutcomeRouteTest extends RouteTestSupport {
  private final Event event = mock(Event.class);
  private final SiteHealth health = mock(SiteHealth.class);

  private Run run(RunState state) {
    Run run = mock(Run.class);
    when(run.state()).thenReturn(state);
    when(run.backup()).thenReturn(mock(BackupProgress.class));
    when(run.warnings()).thenReturn(RunWarnings.NONE);
    when(run.request()).thenReturn(mock(BackupRequest.class));
    if (state == RunState.FAILED) {
      when(run.failure()).thenReturn(new RunFailure(ErrorKind.INTERNAL, "no answer"));
    }
    return run;
  }

  private Exchange end(RunState state) {
    Run ended = run(state);
    bean("backup-run-completion").answers("recordSiteHealth", health);
    for (String made : List.of("completed", "warning", "failed")) {
      bean("backup-events").answers(made, event);
    }
    return send("backup-outcome", ended);
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMPLETED", "WARNING", "FAILED"})
  void each_state_has_its_event_within_the_transaction_that_ends_the_run(String state) {
    RunState ended = RunState.valueOf(state);

    end(ended);

    assertStory(
        "begin backup-ending-transaction",
        "backup-run-completion.recordSiteHealth",
        "backup-events." + ended.word(),
        "backup-run-completion.writeEnd",
        "commit");
    assertThat(logged()).singleElement().asString().contains(" " + ended.word());
  }

  @Test
  void a_site_that_was_unhealthy_has_recovered() {
    when(health.isUnhealthy()).thenReturn(true);

    end(RunState.WARNING);

    assertThat(story())
        .containsSubsequence(
            "backup-events.warning",
            "backup-run-completion.writeEnd",
            "backup-events.publishRecovered",
            "commit");
  }

  @Test
  void one_that_fails_again_has_not() {
    when(health.isUnhealthy()).thenReturn(true);

    end(RunState.FAILED);

    assertThat(bean("backup-events").calls("publishRecovered")).isEmpty();
  }

  @Test
  void what_the_store_did_not_take_is_done_again_as_a_whole() {
    transactionAttempts(2);
    bean("backup-run-completion").answers("writeEnd", new QueryTimeoutException("no answer"), null);

    assertThat(end(RunState.COMPLETED).getException()).isNull();

    assertStory(
        "begin backup-ending-transaction",
        "backup-run-completion.recordSiteHealth",
        "backup-events.completed",
        "backup-run-completion.writeEnd",
        "rollback",
        "begin backup-ending-transaction",
        "backup-run-completion.recordSiteHealth",
        "backup-events.completed",
        "backup-run-completion.writeEnd",
        "commit");
  }

  @Test
  void a_message_that_can_not_be_written_rolls_the_end_back() {
    bean("backup-run-completion").answers("writeEnd", new QueryTimeoutException("no answer"));

    assertThat(end(RunState.COMPLETED).getException()).isNotNull();

    assertThat(story()).endsWith("backup-run-completion.writeEnd", "rollback");
  }

  @Test
  void the_start_of_a_backup_is_told_by_the_call_that_records_it() {
    Run started = run(RunState.RUNNING);
    when(started.backup().backupid()).thenReturn("id1");

    send("backup-outcome-started", started);

    assertStory("backup-events.recordStarted");
  }

  @Test
  void a_start_without_a_backupid_is_not_told() {
    send("backup-outcome-started", run(RunState.RUNNING));

    assertStory();
  }
}
