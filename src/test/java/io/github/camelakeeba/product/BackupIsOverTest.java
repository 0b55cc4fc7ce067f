package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site says that there is nothing to step any more: its record decides what that means. */
@Tag("slow")
@Tag("fault")
class BackupIsOverTest {
  @TempDir Path folder;

  @Test
  void somebody_elses_start_between_two_steps_is_told_as_such() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, product.server().joomla("shop"));
      shop.fault(Fault.on("stepBackup").nth(5).jsonRewrite(answer -> displaced(shop, answer)));

      Event outcome = product.backup("shop");

      assertThat(outcome.data().error().kind()).isEqualTo("restarted-on-server");
      assertThat(outcome.data().error().message())
          .contains("Somebody else started a backup on the site while ours was running")
          .contains("record 2")
          .doesNotContain("phantom");
      assertStopped(shop, outcome);
    }
  }

  @Test
  void on_WordPress_the_phantom_that_our_step_began_is_told() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, product.server().wordpress("shop"));
      shop.fault(Fault.on("stepBackup").nth(5).jsonRewrite(answer -> displaced(shop, answer)));

      Event outcome = product.backup("shop");

      assertThat(outcome.data().error().kind()).isEqualTo("restarted-on-server");
      assertThat(outcome.data().error().message())
          .contains("Somebody else started a backup")
          .contains("has begun a phantom backup in place of its step");
      assertStopped(shop, outcome);
    }
  }

  @Test
  void an_error_in_the_place_of_the_last_answer_is_no_error_when_the_record_is_complete()
      throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, product.server().joomla("shop"));
      shop.fault(
          Fault.on("stepBackup")
              .nth(10)
              .afterTheWork()
              .answer(
                  200,
                  "application/json",
                  "{\"status\":500,\"data\":\"A backup error has occurred: Akeeba Engine detected a"
                      + " problem while saving temporary data. Please restart your backup.\"}"));

      Event outcome = product.backup("shop");

      assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
      assertThat(shop.requests("stepBackup")).hasSize(10);
      assertThat(shop.violations()).isEmpty();
    }
  }

  @Test
  void an_error_of_the_engine_ends_the_run_at_once_in_its_own_words() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, product.server().joomla("shop"));
      shop.failAt(4, "The disk is full");

      Event outcome = product.backup("shop");

      assertThat(outcome.data().error().kind()).isEqualTo("backup-error");
      assertThat(outcome.data().error().message()).isEqualTo("The disk is full");
      assertThat(outcome.data().attempts()).isEqualTo(1);
      assertThat(shop.requests("stepBackup")).hasSize(4);
      assertThat(shop.violations()).isEmpty();
    }
  }

  @Test
  void a_failure_whose_answer_was_lost_is_read_from_the_record() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, product.server().joomla("shop"));
      shop.fault(Fault.on("stepBackup").nth(5).answerLost());
      shop.fault(
          Fault.on("getBackupInfo")
              .jsonRewrite(
                  answer -> {
                    ((ObjectNode) answer.get("data")).put("status", "fail");
                    return answer;
                  }));

      Event outcome = product.backup("shop");

      assertThat(outcome.data().error().kind()).isEqualTo("backup-error");
      assertThat(outcome.data().error().message())
          .isEqualTo(
              "The backup has failed on the site, while its answer did not come: record 1 says"
                  + " 'fail'.");
      assertThat(shop.requests("stepBackup")).hasSize(5);
    }
  }

  @Test
  void a_record_that_is_gone_after_a_lost_answer_is_told_as_such() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, product.server().joomla("shop"));
      shop.fault(Fault.on("stepBackup").nth(5).answerLost());
      shop.fault(
          Fault.on("getBackupInfo")
              .answer(
                  200,
                  "application/json",
                  "{\"status\":404,\"data\":\"Invalid backup record identifier\"}"));

      assertThat(product.backup("shop").data().error().message())
          .isEqualTo("The site has no record of the backup any more.");
    }
  }

  /** After the one step that nobody could know to be in vain nothing is sent to change the site. */
  private static void assertStopped(SimulatedSite shop, Event outcome) {
    assertThat(shop.requests("stepBackup")).hasSize(6);
    assertThat(shop.violations())
        .containsExactly(
            "a step of a backup that was displaced by a later start: " + outcome.data().backupid());
  }

  private static ObjectNode displaced(SimulatedSite shop, ObjectNode answer) {
    ForeignClient.starts(shop);
    return answer;
  }

  private static SimulatedSite started(RunningProduct product, SimulatedSite shop)
      throws Exception {
    product.site("shop", shop.secret(RunningProduct.SECRET).steps(10).url()).start();
    return shop;
  }
}
