package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answer of startBackup does not come. A second start would destroy what the first began. */
@Tag("fault")
class LostStartTest {
  @RegisterExtension
  static final Sites SITES =
      new Sites(
          10, "stepTimeout: 1s", "deadAfter: 500ms", "maxDuration: 1m", "retry: {unreachable: 0}");

  private final Sites.Taken shop = SITES.take();
  private final SimulatedSite site = shop.site().steps(10);

  @Test
  void what_it_has_begun_is_adopted_also_among_older_records() {
    site.pastBackups(3);
    site.fault(Fault.on("startBackup").answerLost());

    Event outcome = shop.backup();

    assertGood(outcome, 1);
    assertThat(outcome.data().recordId()).isEqualTo(4);
    assertThat(outcome.data().warnings().texts())
        .containsExactly("the answer of startBackup was lost; its warnings are unknown");
    assertThat(outcome.data().warnings().count()).isZero();
  }

  @Test
  void a_start_that_the_site_is_still_at_is_awaited() {
    site.stepTime(0, Duration.ofMillis(400));
    site.fault(Fault.on("startBackup").gatewayTimeout(Duration.ofMillis(50)));

    assertGood(shop.backup(), 1);
  }

  @Test
  void a_start_that_never_arrived_is_sent_again_after_looking_twice() {
    site.fault(Fault.on("startBackup").reset());

    assertGood(shop.backup(), 2);
    assertThat(shop.methods().subList(0, 5))
        .containsExactly("getProfiles", "listBackups", "startBackup", "listBackups", "listBackups");
  }

  @Test
  void a_worker_that_died_in_the_start_makes_the_run_start_anew() {
    site.fault(Fault.on("startBackup").workerKilled());

    Event outcome = shop.backup();

    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(2);
    assertThat(site.archiveBroken(outcome.data().recordId())).isFalse();
    assertThat(site.violations()).isEmpty();
  }

  @Test
  void a_start_whose_answers_are_always_lost_ends_with_the_adopted_backup_all_the_same() {
    site.fault(Fault.on("startBackup").truncate().always());

    assertGood(shop.backup(), 1);
  }

  private void assertGood(Event outcome, int starts) {
    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(starts);
    assertThat(outcome.data().recoveries()).isEqualTo(1);
    assertThat(outcome.data().steps()).isEqualTo(10);
    assertThat(site.requests("startBackup")).hasSize(starts);
    assertThat(site.archiveBroken(outcome.data().recordId())).isFalse();
    assertThat(site.violations()).isEmpty();
  }
}
