package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.backup.recovery.RecoveryState;
import io.github.camelakeeba.run.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

@ShippedRoute("recover")
class RecoverRouteTest extends RouteTestSupport {
  private final Run run = mock(Run.class);
  private final AkeebaException lost = new AkeebaException(ErrorKind.TIMEOUT, "no answer");

  private static RecoveryState state(boolean open, boolean unsettled, boolean over) {
    RecoveryState state = mock(RecoveryState.class);
    when(state.open()).thenReturn(open);
    when(state.unsettled()).thenReturn(unsettled);
    when(state.over()).thenReturn(over);
    return state;
  }

  private void recover(RecoveryState judged) {
    bean("backup-step-recovery")
        .answers("judge", state(true, false, false), judged)
        .answers("withSettleTime", state(false, false, false));
    endpointAnswers("direct:akeeba-get-backup-info", mock(BackupInfo.class));
    endpointAnswers("direct:akeeba-list-backups", List.of());
    send("backup-recover-step", run);
  }

  @Test
  void the_site_is_looked_at_before_anything_is_decided() {
    recover(state(false, false, false));

    assertStory(
        "backup-step-recovery.judge",
        "direct:akeeba-pause",
        "backup-run-guard.checkMayContinue",
        "direct:akeeba-get-backup-info",
        "backup-step-recovery.judge",
        "backup-step-recovery.decide");
  }

  @Test
  void a_backup_that_is_over_is_compared_with_the_others() {
    recover(state(false, false, true));

    assertThat(story())
        .containsSubsequence("direct:akeeba-list-backups", "backup-step-recovery.decide");
  }

  @Test
  void a_site_that_does_not_tell_its_least_time_of_a_step_is_asked_for_its_profile() {
    endpointAnswers("direct:akeeba-export-profile", mock(ExportedProfile.class));

    recover(state(true, true, false));

    assertThat(story())
        .containsSubsequence(
            "backup-step-recovery.judge",
            "direct:akeeba-export-profile",
            "backup-step-recovery.withSettleTime",
            "backup-step-recovery.decide");
  }

  @Test
  void one_that_does_not_tell_that_either_is_no_failure() {
    endpointAnswers("direct:akeeba-export-profile", lost);

    recover(state(true, true, false));

    assertThat(bean("backup-step-recovery").call("withSettleTime")[2]).isSameAs(lost);
    assertThat(story()).endsWith("backup-step-recovery.decide");
  }

  @Test
  void the_records_of_the_site_tell_what_became_of_a_start() {
    RecoveryState open = mock(RecoveryState.class);
    when(open.open()).thenReturn(true);
    bean("backup-start-recovery").answers("judge", open, mock(RecoveryState.class));
    endpointAnswers("direct:akeeba-list-backups", List.of());

    send("backup-recover-start", run);

    assertStory(
        "backup-start-recovery.judge",
        "direct:akeeba-pause",
        "backup-run-guard.checkMayContinue",
        "direct:akeeba-list-backups",
        "backup-start-recovery.judge",
        "backup-start-recovery.decide",
        "direct:backup-outcome-started");
  }
}
