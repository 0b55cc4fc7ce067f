package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PHP itself breaks startBackup off: no worker is left, and one more start, after a look, is safe.
 */
@Tag("fault")
class BrokenOffStartTest {
  private static final String NO_JPA =
      "Undefined constant \"Akeeba\\Engine\\Archiver\\_JPA_MAJOR\"";

  @RegisterExtension
  static final Sites SITES = new Sites(10, "busyWait: 0s", "retry: {unreachable: 3, untrusted: 3}");

  private final Sites.Taken shop = SITES.take();
  private final SimulatedSite site = shop.site();

  @ParameterizedTest
  @ValueSource(
      strings = {
        NO_JPA,
        "A backup error has occurred: " + NO_JPA,
        "Call to undefined method Akeeba\\Engine\\Factory::getFoo()",
        "Call to undefined function mb_substr()",
        "Class \"Akeeba\\Engine\\Archiver\\Jpa\" not found"
      })
  void it_is_sent_once_more_after_a_look(String words) {
    site.fault(refused(Fault.on("startBackup"), words));

    Event outcome = shop.backup();

    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(2);
    assertThat(shop.methods().subList(0, 6))
        .containsExactly(
            "getProfiles",
            "listBackups",
            "startBackup",
            "getProfiles",
            "listBackups",
            "startBackup");
    assertThat(site.violations()).isEmpty();
  }

  @Test
  void a_record_that_it_has_left_running_is_nobody_s() {
    site.fault(Fault.on("startBackup").phpError(NO_JPA));

    Event outcome = shop.backup();

    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(2);
    assertThat(outcome.data().recordId()).isEqualTo(2);
  }

  @Test
  void a_second_time_it_is_an_error() {
    site.fault(refused(Fault.on("startBackup").always(), NO_JPA));

    assertThat(shop.failure("backup-error")).contains("_JPA_MAJOR");
    assertThat(site.requests("startBackup")).hasSize(2);
  }

  @Test
  void somebody_else_s_backup_that_has_begun_meanwhile_is_left_alone() {
    site.fault(
        Fault.on("startBackup")
            .inside(() -> {})
            .jsonRewrite(
                answer -> {
                  site.foreignStart("backend");
                  answer.removeAll();
                  return answer.put("status", 500).put("data", NO_JPA);
                }));

    assertThat(shop.failure("busy")).contains("origin backend");
    assertThat(site.requests("startBackup")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"The disk is full", "Could not connect to MySQL"})
  void what_akeeba_itself_refuses_is_sent_once(String words) {
    site.fault(refused(Fault.on("startBackup").always(), words));

    assertThat(shop.failure("backup-error")).isEqualTo(words);
    assertThat(site.requests("startBackup")).hasSize(1);
  }

  private static Fault refused(Fault fault, String words) {
    String data = words.replace("\\", "\\\\").replace("\"", "\\\"");
    return fault.answer(200, "application/json", "{\"status\":500,\"data\":\"" + data + "\"}");
  }
}
