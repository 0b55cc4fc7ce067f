package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes once from a web server, and would be well a moment later, ends no backup. */
@Tag("fault")
class WebServerHasABadMomentTest {
  @RegisterExtension static final Sites SITES = new Sites(15, "deadAfter: 1s", "maxDuration: 1m");

  private final Sites.Taken shop = SITES.take();
  private final SimulatedSite site = shop.site().steps(10);

  @ParameterizedTest
  @ValueSource(strings = {"getProfiles", "listBackups", "getBackupInfo", "download"})
  void a_question_that_met_HTTP_500_once_is_asked_again(String question) {
    site.fault(Fault.on(question).page(500, "Internal Server Error"));

    assertThat(good(shop.backup()).recoveries()).isZero();
    // the list is asked for before the start and after the end
    assertThat(site.requests(question)).hasSize(question.equals("listBackups") ? 3 : 2);
    assertThat(site.requests("stepBackup")).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"getProfiles", "getBackupInfo"})
  void a_question_that_met_a_database_that_was_down_is_asked_again(String question) {
    site.fault(Fault.on(question).html200());

    assertThat(good(shop.backup()).recoveries()).isZero();
    assertThat(site.requests(question)).hasSize(2);
  }

  @Test
  void a_start_that_met_HTTP_500_once_is_sent_again_after_looking_twice() {
    site.fault(Fault.on("startBackup").page(500, "Internal Server Error"));

    assertThat(good(shop.backup()).attempts()).isEqualTo(2);
    assertThat(shop.methods().subList(2, 5))
        .containsExactly("startBackup", "listBackups", "listBackups");
    assertThat(site.requests("startBackup")).hasSize(2);
  }

  @Test
  void a_step_among_files_that_met_HTTP_500_once_is_sent_again_after_looking() {
    site.fault(Fault.on("stepBackup").nth(7).page(500, "Internal Server Error"));

    assertOneMoreStep(good(shop.backup()));
  }

  @Test
  void in_the_dump_too_when_the_record_shows_that_it_never_began() {
    // as real sites do: between the mark in the record and the answer lies the least step time
    site.steps(6).minExecTime(Duration.ofMillis(1100));
    site.fault(Fault.on("stepBackup").nth(3).page(500, "Internal Server Error"));

    Event.Data told = good(shop.backup());
    assertThat(told.attempts()).isEqualTo(1);
    assertThat(site.requests("stepBackup")).hasSize(7);
  }

  @Test
  void junk_around_every_answer_changes_nothing() {
    site.fault(
        Fault.onAny()
            .always()
            .junkBefore("\uFEFF<b>Notice</b>: Undefined index { \"status\" } on line <b>3</b>\n")
            .junkAfter("\n<!-- Cached { 0.1 s } -->"));

    Event.Data told = good(shop.backup());
    assertThat(told.recoveries()).isZero();
    assertThat(told.warnings().texts()).isEmpty();
    assertThat(site.requests("stepBackup")).hasSize(10);
  }

  @Test
  void junk_in_the_place_of_an_answer_is_a_lost_answer() {
    site.fault(Fault.on("stepBackup").nth(7).answer(200, "text/plain", "%PDF-1.7 {]}"));

    assertOneMoreStep(good(shop.backup()));
  }

  @Test
  void a_site_whose_database_stays_down_is_told_in_its_own_words() {
    site.fault(Fault.on("getProfiles").html200().always());

    assertThat(shop.failure("unreachable"))
        .isEqualTo(
            "The site answered getProfiles with something else than an answer (\"Error establishing a"
                + " database connection\").");
    assertThat(site.requests()).hasSize(3);
    assertThat(site.violations()).isEmpty();
  }

  private void assertOneMoreStep(Event.Data told) {
    assertThat(told.attempts()).isEqualTo(1);
    assertThat(told.recoveries()).isEqualTo(1);
    assertThat(told.warnings().texts()).isEmpty();
    assertThat(site.requests("stepBackup")).hasSize(11);
  }

  private Event.Data good(Event outcome) {
    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(site.archiveBroken(outcome.data().recordId())).isFalse();
    assertThat(site.violations()).isEmpty();
    return outcome.data();
  }
}
