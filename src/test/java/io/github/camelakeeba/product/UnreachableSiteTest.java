package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A site that can't be reached is asked again: a question at once, the whole attempt later. */
@Tag("slow")
@Tag("fault")
class UnreachableSiteTest {
  @TempDir Path folder;

  @Test
  void a_question_that_had_no_answer_is_asked_again_at_once() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "retry: {unreachable: 0}");
      shop.fault(Fault.on("getProfiles").html503().times(2));
      shop.fault(Fault.on("listBackups").reset());
      shop.fault(Fault.on("getBackupInfo").truncate().times(3));

      Event outcome = product.backup("shop");

      assertThat(outcome.data().state()).isEqualTo("completed");
      assertThat(outcome.data().recoveries()).isZero();
      assertThat(shop.requests("getProfiles")).hasSize(3);
      assertThat(shop.requests("listBackups")).hasSize(3);
      assertThat(shop.requests("getBackupInfo")).hasSize(4);
      assertThat(shop.requests("startBackup")).hasSize(1);
    }
  }

  @Test
  void a_site_that_stays_away_fails_after_a_bounded_number_of_questions() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "retry: {unreachable: 0}");
      shop.fault(Fault.on("getProfiles").html503().always());

      Event outcome = product.backup("shop");

      assertThat(outcome.data().error().kind()).isEqualTo("unreachable");
      assertThat(outcome.data().error().message()).contains("HTTP 503").doesNotContain("tried");
      assertThat(outcome.data().attempts()).isZero();
      assertThat(shop.requests()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void the_wait_that_a_gateway_asks_for_is_kept(int status) throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "retry: {unreachable: 0}");
      shop.fault(Fault.on("getProfiles").page(status, "Later").retryAfter(1));
      shop.fault(Fault.on("stepBackup").nth(2).page(status, "Later").retryAfter(1));

      assertThat(product.backup("shop").data().state()).isEqualTo("completed");

      assertThat(pauseAfterTheFirst(shop.requests("getProfiles"))).isGreaterThanOrEqualTo(1000);
      List<RecordedRequest> steps = shop.requests("stepBackup").subList(1, 3);
      assertThat(pauseAfterTheFirst(steps)).isGreaterThanOrEqualTo(1000);
      assertThat(shop.requests("stepBackup")).hasSize(11);
      assertThat(shop.archiveBroken(1)).isFalse();
      assertThat(shop.violations()).isEmpty();
    }
  }

  @Test
  void a_run_waits_and_tries_again_as_often_as_retry_says_and_ends_once() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "retry: {unreachable: 2}");
      shop.fault(Fault.on("getProfiles").html503().times(3));

      Event outcome = product.backup("shop");

      assertThat(outcome.data().state()).isEqualTo("completed");
      assertThat(outcome.data().attempts()).isEqualTo(1);
      assertThat(Duration.between(outcome.data().startedAt(), outcome.data().endedAt()))
          .isGreaterThanOrEqualTo(Duration.ofMillis(300)); // the pause of this test
      assertThat(product.jdbc().queryForObject("select count(*) from run", Integer.class))
          .isEqualTo(1);
    }
  }

  @Test
  void when_all_attempts_are_used_up_the_reason_says_how_many_there_were() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "retry: {unreachable: 2}");
      shop.fault(Fault.on("getProfiles").html503().always());

      Event outcome = product.backup("shop");

      assertThat(outcome.data().error().kind()).isEqualTo("unreachable");
      assertThat(outcome.data().error().message()).endsWith("It was tried 3 times.");
      assertThat(shop.requests("getProfiles")).hasSize(9);
    }
  }

  @Test
  void while_a_run_waits_for_its_next_attempt_others_have_its_place_and_a_command_hurries_it()
      throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite blog = product.server().joomla("blog").secret(RunningProduct.SECRET);
      product.site("blog", blog.url()).yaml("limits: {concurrent: 1, perHost: 1}\n");
      product.property("backup.recovery.retryPause = 30s");
      SimulatedSite shop = started(product, "retry: {unreachable: 1}");
      shop.fault(Fault.on("getProfiles").html503().always());
      Run waiting = product.request("shop");
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(
              () ->
                  product
                          .service()
                          .beans()
                          .runs()
                          .find(waiting.id())
                          .orElseThrow()
                          .retries()
                          .unreachable()
                      == 1);

      assertThat(product.backup("blog").data().state()).isEqualTo("completed");
      assertThat(product.request("shop").id()).isEqualTo(waiting.id());
    }
  }

  @Test
  void a_backup_that_had_begun_goes_on_after_the_pause_with_the_same_backupid() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "retry: {unreachable: 1}");
      shop.fault(Fault.on("stepBackup").nth(7).answerLost());
      shop.fault(Fault.on("getBackupInfo").html503().times(8));

      Event outcome = product.backup("shop");

      assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
      assertThat(outcome.data().attempts()).isEqualTo(1);
      assertThat(shop.requests("startBackup")).hasSize(1);
      assertThat(shop.requests("stepBackup")).hasSize(10);
      assertThat(shop.violations().stream().filter(text -> !text.contains("session"))).isEmpty();
    }
  }

  @Test
  void steps_that_never_get_an_answer_end_the_run_after_a_bounded_number() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "retry: {unreachable: 0}");
      shop.fault(Fault.on("stepBackup").nth(2).html503().always());

      Event outcome = product.backup("shop");

      assertThat(outcome.data().error().kind()).isEqualTo("unreachable");
      assertThat(outcome.data().recoveries()).isEqualTo(6);
      assertThat(shop.requests("stepBackup")).hasSize(7);
      assertThat(shop.violations()).isEmpty();
    }
  }

  @Test
  void a_connection_that_is_refused_in_the_dump_does_not_make_the_attempt_untrusted()
      throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "retry: {unreachable: 0}");
      shop.minExecTime(
          Duration.ofMillis(1100)); // as real sites do; else nothing tells two steps apart
      shop.fault(Fault.on("stepBackup").nth(4).html503().times(3));

      Event outcome = product.backup("shop");

      assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
      assertThat(outcome.data().attempts()).isEqualTo(1);
      assertThat(outcome.data().recoveries()).isEqualTo(3);
      assertThat(shop.requests("startBackup")).hasSize(1);
      assertThat(shop.archiveBroken(1)).isFalse();
      assertThat(shop.violations()).isEmpty();
    }
  }

  @Test
  void a_lost_answer_in_the_dump_and_a_gateway_after_it_do_not_either() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = started(product, "retry: {unreachable: 0}");
      shop.minExecTime(Duration.ofMillis(1100));
      shop.fault(Fault.on("stepBackup").nth(4).answerLost());
      shop.fault(Fault.on("stepBackup").nth(5).html503().times(2));
      shop.fault(Fault.on("stepBackup").nth(7).reset());

      Event outcome = product.backup("shop");

      assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
      assertThat(outcome.data().attempts()).isEqualTo(1);
      assertThat(outcome.data().recoveries()).isEqualTo(4);
      assertThat(outcome.data().steps()).isEqualTo(10);
      assertThat(shop.archiveBroken(1)).isFalse();
      assertThat(shop.violations()).isEmpty();
    }
  }

  @Test
  void a_host_that_is_not_known_or_refuses_is_told_by_its_name() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      product.site("lost", URI.create("http://no-such-host.invalid/index.php?view=api&format=raw"));
      product.site("shut", URI.create("http://127.0.0.1:1/index.php?view=api&format=raw"));
      product.start();

      assertThat(product.backup("lost").data().error().message())
          .isEqualTo("The host name no-such-host.invalid is not known. Check the url.");
      assertThat(product.backup("shut").data().error().message())
          .startsWith("127.0.0.1 refuses the connection.");
    }
  }

  private static SimulatedSite started(RunningProduct product, String retry) throws Exception {
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(10);
    product.site("shop", shop.url(), retry, "deadAfter: 1s").start();
    return shop;
  }

  private static long pauseAfterTheFirst(List<RecordedRequest> requests) {
    Instant first = requests.get(0).arrived();
    return Duration.between(first, requests.get(1).arrived()).toMillis();
  }
}
