package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.CallJournal;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.RunWarnings;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured does not change when the wall clock is set. */
@Tag("fault")
class SteadyClockTest {
  private static final Instant BEGIN = Instant.parse("2026-11-22T02:00:00Z");

  private Duration elapsed = Duration.ZERO;
  private Duration set = Duration.ZERO;
  private final Clock wall =
      ((InstantSource) () -> BEGIN.plus(elapsed).plus(set)).withZone(ZoneOffset.UTC);
  private Duration heldUp = Duration.ZERO;
  private final SteadyClock clock =
      new SteadyClock(
          wall,
          () -> {
            long now = elapsed.toNanos();
            elapsed = elapsed.plus(heldUp);
            return now;
          });

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "P1D", "P-1D", "PT2S"})
  void a_wall_clock_that_is_set_is_not_followed(Duration by) {
    elapsed = Duration.ofMinutes(5);
    assertThat(clock.instant()).isEqualTo(BEGIN.plus(elapsed));
    set = by;
    elapsed = Duration.ofMinutes(6);
    assertThat(clock.instant()).isEqualTo(BEGIN.plus(elapsed));
    assertThat(clock.wall(clock.instant())).isEqualTo(wall.instant());
    set = Duration.ZERO;
    assertThat(clock.instant()).isEqualTo(BEGIN.plus(elapsed));
  }

  @Test
  void nor_is_it_by_a_process_that_is_held_up_at_that_moment() {
    assertThat(clock.instant()).isEqualTo(BEGIN);
    set = Duration.ofHours(1);
    heldUp = Duration.ofSeconds(3);
    assertThat(clock.instant()).isEqualTo(BEGIN);
    heldUp = Duration.ZERO;
    assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(6));
    assertThat(clock.wall(clock.instant())).isEqualTo(wall.instant());
  }

  @Test
  void one_that_is_slewed_is_followed() {
    for (int i = 0; i < 100; i++) {
      elapsed = elapsed.plusSeconds(10);
      set = set.plusMillis(500);
      assertThat(clock.instant()).isEqualTo(wall.instant());
    }
    assertThat(clock.jumped()).isFalse();
  }

  @Test
  void a_large_jump_is_told_once_a_small_one_never() {
    set = Duration.ofSeconds(50);
    assertThat(clock.jumped()).isFalse();
    set = set.minusHours(1);
    assertThat(clock.jumped()).isTrue();
    assertThat(clock.jumped()).isFalse();
    assertThat(clock.lastJump())
        .isEqualTo(new SteadyClock.Jump(Duration.ofHours(-1), wall.instant()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "P1D", "P-1D"})
  void a_run_takes_as_long_as_it_takes(Duration by) {
    RunStartTimes starts = new RunStartTimes(clock);
    Run stored = run(wall.instant());
    Run steady = starts.toSteadyTime(stored);
    elapsed = Duration.ofMinutes(10);
    set = by;
    assertThat(Duration.between(steady.startedAt(), clock.instant())).isEqualTo(elapsed);
    // and after a pause, as its row says
    assertThat(starts.toSteadyTime(stored).startedAt()).isEqualTo(steady.startedAt());

    Run wallTimes = starts.toWallTime(steady.withTimes(steady.startedAt(), clock.instant()));
    assertThat(wallTimes.endedAt()).isEqualTo(wall.instant());
    assertThat(wallTimes.startedAt()).isEqualTo(wall.instant().minus(elapsed));
  }

  @Test
  void a_run_that_began_in_the_future_begins_now() {
    Run steady = new RunStartTimes(clock).toSteadyTime(run(BEGIN.plus(Duration.ofHours(1))));
    assertThat(steady.startedAt()).isEqualTo(BEGIN);
  }

  private static Run run(Instant startedAt) {
    return new Run(
        "shop-1",
        null,
        RunState.RUNNING,
        BackupProgress.NONE,
        CallJournal.NONE,
        RunWarnings.NONE,
        null,
        0,
        0,
        null,
        startedAt,
        startedAt,
        null,
        "a",
        1);
  }
}
