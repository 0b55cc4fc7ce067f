package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.ForeignBackup;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody else's running backup is never killed. */
@Tag("fault")
class ForeignBackupTest {
  @RegisterExtension static final Sites SITES = new Sites(8, "busyWait: 3s", "deadAfter: 10m");

  private final Sites.Taken shop = SITES.take();

  @Test
  void one_that_does_not_end_in_time_makes_the_run_fail_and_is_left_alone() {
    ForeignBackup foreign = shop.site().foreignBackup("backend");

    assertThat(shop.failure("busy"))
        .contains("origin backend", "record " + foreign.id(), "within 3s (busyWait)");
    assertThat(shop.methods()).doesNotContain("startBackup", "stepBackup");
    assertThat(foreign.displaced()).isFalse();
    assertThat(shop.site().violations()).isEmpty();
  }

  @Test
  void one_that_ends_makes_room() {
    ForeignBackup foreign = shop.site().foreignBackup("cli");
    Run run = shop.product().request(shop.name());
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> shop.site().requests("listBackups").size() >= 2);
    assertThat(shop.site().requests("startBackup")).isEmpty();
    assertThat(at(run))
        .matches(
            "waiting for another backup \\(record %s, origin cli\\) since \\S+Z, until \\S+Z"
                .formatted(foreign.id()));
    foreign.finish();

    assertThat(shop.product().outcome(run.id()).data().state()).isEqualTo("completed");
    assertThat(at(run)).doesNotContain("waiting");
    assertThat(foreign.displaced()).isFalse();
    assertThat(shop.site().violations()).isEmpty();
  }

  private String at(Run run) {
    return shop.product()
        .jdbc()
        .queryForObject(
            "select domain || ' ' || step from run where id = ?", String.class, run.id());
  }

  @Test
  void one_that_was_abandoned_long_ago_is_looked_at_twice_and_then_not_waited_for() {
    shop.site().foreignBackup("frontend").idleFor(Duration.ofMinutes(11)).abandoned();

    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(shop.site().requests("listBackups")).hasSize(3); // once more after the end
    long between =
        shop.site().requests("listBackups").get(1).arrivedNanos()
            - shop.site().requests("listBackups").get(0).arrivedNanos();
    assertThat(Duration.ofNanos(between)).isGreaterThan(QuickTimings.QUICK.secondPollPause());
    assertThat(shop.site().violations()).isEmpty();
  }

  @Test
  void its_age_is_measured_by_the_clock_of_the_site() {
    shop.site().clockSkew(Duration.ofHours(-3));
    shop.site().foreignBackup("backend");

    shop.failure("busy");
    assertThat(shop.site().violations()).isEmpty();
  }

  @Test
  void one_that_moves_between_the_looks_is_alive() {
    ForeignBackup foreign = shop.site().foreignBackup("backend").idleFor(Duration.ofHours(1));
    shop.site()
        .fault(
            Fault.on("listBackups")
                .jsonRewrite(
                    json -> {
                      foreign.progress();
                      return json;
                    }));

    shop.failure("busy");
    assertThat(shop.site().requests("startBackup")).isEmpty();
    assertThat(foreign.displaced()).isFalse();
  }

  @Test
  void what_our_own_failed_run_left_behind_is_not_foreign() {
    shop.site().fault(Fault.on("stepBackup").nth(2).html503().times(6));
    shop.failure("unreachable");
    assertThat(shop.site().records().get(0).get("status").asText()).isEqualTo("run");

    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(shop.site().requests("listBackups")).hasSize(3); // once more after the end
    assertThat(shop.site().violations()).isEmpty();
  }
}
