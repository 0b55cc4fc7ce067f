package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A worker dies on the site in the middle of a step. In the dump its repetition loses rows without
 * a word, so what the attempt has left is never called good; among files it is exact to repeat.
 */
@Tag("slow")
@Tag("fault")
class KilledWorkerTest {
  private static final String[] QUICK = {"stepTimeout: 1s", "deadAfter: 500ms", "maxDuration: 1m"};

  @RegisterExtension static final Sites RETRYING = new Sites(18, QUICK);

  @RegisterExtension
  static final Sites ONCE =
      new Sites(6, "retry: {unreachable: 0, untrusted: 0}", QUICK[0], QUICK[1], QUICK[2]);

  @RegisterExtension
  static final Sites PATIENT = new Sites(2, "stepTimeout: 1m", "deadAfter: 500ms");

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void in_the_dump_the_same_run_takes_a_new_backup(int step) {
    Sites.Taken shop = RETRYING.take();
    shop.site().steps(10).fault(Fault.on("stepBackup").nth(step).workerKilled());

    Event outcome = shop.backup();

    assertTakenAnew(shop.site(), outcome);
    assertThat(shop.site().archiveBroken(1)).as("what was repeated in the dump").isTrue();
  }

  @Test
  void at_the_border_of_the_dump_too_since_nobody_knows_how_far_the_step_came() {
    Sites.Taken shop = RETRYING.take();
    shop.site().steps(10).fault(Fault.on("stepBackup").nth(5).workerKilled());

    assertTakenAnew(shop.site(), shop.backup());
  }

  @Test
  void just_before_it_saved_its_state_too_though_nothing_shows_it() {
    Sites.Taken shop = RETRYING.take();
    shop.site().steps(10).fault(Fault.on("stepBackup").nth(4).workerKilledBeforeSaving());

    Event outcome = shop.backup();

    assertTakenAnew(shop.site(), outcome);
  }

  @Test
  void also_when_a_gateway_answers_503_in_its_place() {
    Sites.Taken shop = RETRYING.take();
    shop.site().steps(10).fault(Fault.on("stepBackup").nth(4).workerKilled().html503());

    assertTakenAnew(shop.site(), shop.backup());
  }

  @Test
  void also_when_the_site_s_clock_is_set_back_meanwhile() {
    Sites.Taken shop = RETRYING.take();
    SimulatedSite site = shop.site().steps(10).clockSkew(Duration.ofHours(1));
    Fault killed = Fault.on("stepBackup").nth(4).workerKilled();
    site.fault(killed.inside(() -> site.clockSkew(Duration.ZERO)));

    assertTakenAnew(site, shop.backup());
  }

  @Test
  void also_when_it_was_set_back_between_two_steps() {
    Sites.Taken shop = RETRYING.take();
    SimulatedSite site = shop.site().steps(10).clockSkew(Duration.ofHours(1)).sleepTime(500);
    site.fault(Fault.on("stepBackup").nth(4).workerKilled());

    Run run = shop.product().request(shop.name());
    await().atMost(RunningProduct.PATIENCE).until(() -> site.requests("stepBackup").size() == 3);
    site.clockSkew(Duration.ZERO).sleepTime(0);

    assertTakenAnew(site, shop.product().outcome(run.id()));
  }

  @Test
  void also_when_the_clock_of_the_site_is_behind_that_of_its_web_server() {
    Sites.Taken shop = RETRYING.take();
    SimulatedSite site = shop.site().steps(10).proxySkew(Duration.ofSeconds(5));
    site.fault(Fault.on("stepBackup").nth(4).workerKilled());

    assertTakenAnew(site, shop.backup());
  }

  /** The answer of the start was held up for longer than the clocks differ: nobody could tell. */
  @Test
  void a_step_that_its_clock_hides_and_that_was_not_cut_off_is_counted() {
    Sites.Taken shop = PATIENT.take();
    SimulatedSite site = shop.site().steps(10).proxySkew(Duration.ofSeconds(3));
    site.fault(Fault.on("startBackup").delayAnswer(Duration.ofSeconds(4)));
    site.fault(Fault.on("stepBackup").nth(4).answerLost());

    Event.Data told = shop.backup().data();

    assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
    assertThat(told.steps()).isEqualTo(10);
    assertThat(told.warnings().texts())
        .containsExactly("the answer of step 4 was lost; its warnings are unknown");
  }

  @Test
  void where_its_clock_has_hidden_such_a_step_and_one_that_was_killed_the_backup_is_taken_anew() {
    Sites.Taken shop = PATIENT.take();
    SimulatedSite site = shop.site().steps(10).proxySkew(Duration.ofSeconds(3));
    site.fault(Fault.on("startBackup").delayAnswer(Duration.ofSeconds(4)));
    site.fault(Fault.on("stepBackup").nth(3).answerLost());
    site.fault(Fault.on("stepBackup").nth(4).workerKilled());

    assertTakenAnew(site, shop.backup());
    assertThat(site.archiveBroken(1)).isTrue();
  }

  @Test
  void also_when_it_had_not_saved_and_a_gateway_answers_503() {
    Sites.Taken shop = RETRYING.take();
    shop.site().steps(10).minExecTime(Duration.ofMillis(300));
    shop.site().fault(Fault.on("stepBackup").nth(4).workerKilledBeforeSaving().html503());

    assertTakenAnew(shop.site(), shop.backup());
  }

  @Test
  void also_when_the_answers_of_the_repetition_and_of_further_steps_are_lost() {
    Sites.Taken shop = RETRYING.take();
    SimulatedSite site = shop.site().steps(10);
    site.fault(Fault.on("stepBackup").nth(4).workerKilled());
    site.fault(Fault.on("stepBackup").nth(5).answerLost().times(3));

    Event outcome = shop.backup();

    assertTakenAnew(site, outcome);
    assertThat(outcome.data().recoveries()).isEqualTo(4);
  }

  @Test
  void also_when_no_answer_comes_any_more_and_the_record_says_complete() {
    Sites.Taken shop = ONCE.take();
    SimulatedSite site = shop.site().steps(3);
    site.fault(Fault.on("stepBackup").nth(2).workerKilled());
    site.fault(Fault.on("stepBackup").nth(3).answerLost().times(2));

    assertThat(shop.failure("untrusted")).contains("rows may be missing");
  }

  @Test
  void without_a_further_attempt_the_run_fails_as_untrusted() {
    Sites.Taken shop = ONCE.take();
    shop.site().steps(10).fault(Fault.on("stepBackup").nth(4).workerKilled());

    assertThat(shop.failure("untrusted"))
        .contains("while it dumped the database (after step 3)")
        .contains("rows may be missing");
    assertThat(shop.site().requests("startBackup")).hasSize(1);
    assertThat(shop.site().violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void before_any_answer_told_of_the_dump_the_dump_is_not_blamed(int step) {
    Sites.Taken shop = ONCE.take();
    shop.site().steps(10).fault(Fault.on("stepBackup").nth(step).workerKilled());

    assertThat(shop.failure("untrusted"))
        .contains("before an answer told of the database dump (after step " + (step - 1) + ")")
        .contains("whether it had reached the dump is not known")
        .doesNotContain("while it dumped");
    assertThat(shop.site().requests("startBackup")).hasSize(1);
  }

  @Test
  void the_second_attempt_is_the_last_one_by_default() {
    Sites.Taken shop = RETRYING.take();
    SimulatedSite site = shop.site().steps(10);
    site.fault(Fault.on("stepBackup").nth(4).workerKilled());
    site.fault(Fault.on("stepBackup").nth(9).workerKilled());

    assertThat(shop.failure("untrusted")).contains("it happened in each of 2 attempts");
    assertThat(site.requests("startBackup")).hasSize(2);
    assertThat(site.violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9, 10})
  void among_files_and_after_them_the_step_is_repeated_and_the_archive_is_whole(int step) {
    Sites.Taken shop = RETRYING.take();
    shop.site().steps(10).fault(Fault.on("stepBackup").nth(step).workerKilled());

    assertGoesOn(shop);
  }

  @Test
  void among_files_just_before_it_saved_its_state_the_same_holds() {
    Sites.Taken shop = ONCE.take();
    UnaryOperator<Fault> killed = Fault::workerKilledBeforeSaving;
    shop.site().steps(10).fault(killed.apply(Fault.on("stepBackup").nth(7)));

    assertGoesOn(shop);
  }

  private static void assertGoesOn(Sites.Taken shop) {
    Event outcome = shop.backup();
    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(1);
    assertThat(outcome.data().recoveries()).isEqualTo(1);
    assertThat(outcome.data().steps()).isEqualTo(10);
    assertThat(outcome.data().warnings().texts()).isEmpty();
    assertThat(shop.site().requests("stepBackup")).hasSize(11);
    assertThat(shop.site().archiveBroken(outcome.data().recordId())).isFalse();
    assertThat(shop.site().violations()).isEmpty();
  }

  private static void assertTakenAnew(SimulatedSite site, Event outcome) {
    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(2);
    assertThat(outcome.data().recordId()).isEqualTo(2);
    assertThat(outcome.data().steps()).isEqualTo(10);
    assertThat(site.requests("startBackup")).hasSize(2);
    assertThat(site.archiveBroken(2)).isFalse();
    assertThat(site.violations()).isEmpty();
  }
}
