package io.github.camelakeeba.backup.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.backup.recovery.RecoveryState.Verdict;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.CallJournal;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.RunWarnings;
import io.github.camelakeeba.run.store.RecoverySettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long a site must be seen idle after a lost step, before the next one is sent. */
class SettleTimeTest {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Instant NOW = Instant.parse("2026-11-29T02:30:00Z");

  private final StepRecovery recovery =
      new StepRecovery(
          Map.of(),
          null,
          null,
          null,
          null,
          new RecoverySettings(PAUSE, PAUSE, true),
          Timings.SHIPPED,
          Clock.systemUTC());

  private Duration settleTime(Map<String, String> overrides, Object profile) {
    Run run =
        new Run(
            "shop-1",
            new BackupRequest(
                null,
                "shop",
                "api",
                1,
                "",
                "",
                overrides,
                BackupRequest.IfBusy.QUEUE,
                NOW,
                null,
                null),
            RunState.RUNNING,
            BackupProgress.NONE,
            CallJournal.NONE,
            RunWarnings.NONE,
            null,
            0,
            0,
            null,
            NOW,
            NOW,
            null,
            "a",
            1);
    RecoveryState state = new RecoveryState(Verdict.WAIT, 0, 1, NOW, NOW, false, null, null);
    return recovery.withSettleTime(run, state, profile).settleTime();
  }

  @Test
  void the_runs_override_counts_even_where_the_site_does_not_export_its_profile() {
    AkeebaException refused = new AkeebaException(ErrorKind.REFUSED_SECRET, "no right to export");

    assertThat(settleTime(Map.of("akeeba.tuning.min_exec_time", "20000"), refused))
        .isEqualTo(Duration.ofSeconds(20).plus(PAUSE));
    assertThat(settleTime(Map.of(), refused)).isEqualTo(Timings.SHIPPED.settleTime());
  }

  @Test
  void else_the_profile_says_it() {
    ExportedProfile profile =
        new ExportedProfile(
            "Nightly",
            """
            {"akeeba": {"tuning": {"min_exec_time": 5000}}}""",
            "{}");

    assertThat(settleTime(Map.of(), profile)).isEqualTo(Duration.ofSeconds(5).plus(PAUSE));
    assertThat(settleTime(Map.of("akeeba.tuning.min_exec_time", "20000"), profile))
        .isEqualTo(Duration.ofSeconds(20).plus(PAUSE));
  }
}
