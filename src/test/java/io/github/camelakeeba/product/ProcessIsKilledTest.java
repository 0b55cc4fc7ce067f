package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A serve with runs in every situation is killed with kill -9, once; the next one ends each of
 * them, exactly once, with the backup that was begun.
 */
@Tag("process")
@Tag("fault")
class ProcessIsKilledTest {
  @TempDir static Path folder;

  private static final CountDownLatch KILLED = new CountDownLatch(1);
  private static final Map<String, SimulatedSite> SITES = new LinkedHashMap<>();
  private static RunningProduct product;

  @BeforeAll
  static void every_situation_and_a_kill() throws Exception {
    product =
        new RunningProduct(folder)
            .durable()
            .api()
            .property("backup.recovery.retryPause = 8s")
            .yaml(mailTo("smtp://127.0.0.1:1"));
    site("sleep").fault(Fault.on("stepBackup").nth(4).jsonRewrite(ProcessIsKilledTest::sleepy));
    site("answer").fault(Fault.on("stepBackup").nth(4).holdAnswer(KILLED));
    site("inside").fault(Fault.on("stepBackup").nth(4).inside(ProcessIsKilledTest::awaitKill));
    site("dump").fault(dying(4));
    site("packing").fault(dying(8));
    site("start").fault(Fault.on("startBackup").holdAnswer(KILLED));
    site("verify").fault(Fault.on("getBackupInfo").holdAnswer(KILLED));
    site("look").fault(Fault.on("stepBackup").nth(4).answerLost());
    SITES.get("look").fault(Fault.on("getBackupInfo").holdAnswer(KILLED));
    site("pause", "retry: {unreachable: 1}").fault(Fault.on("getProfiles").html503().times(3));
    site("told");
    site("queued", "host: answer.example");
    product.configure();
    try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
      for (String name : SITES.keySet()) {
        serve.backup(name);
      }
      for (String name : List.of("sleep", "answer", "inside", "dump", "look")) {
        reached(name, "stepBackup", 4);
      }
      reached("packing", "stepBackup", 8);
      reached("start", "startBackup", 1);
      reached("verify", "getBackupInfo", 1);
      reached("look", "getBackupInfo", 1);
      serve.says("Trying again at");
      serve.says("[told ");
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> serve.err().contains("outcome: completed"));
      serve.kill();
      assertThat(serve.err().lines().filter(line -> line.contains("outcome: "))).hasSize(1);
    }
    KILLED.countDown();
    product.yaml(mailTo("%SMTP%")).start();
  }

  @AfterAll
  static void stop() throws Exception {
    product.close();
  }

  @Test
  void while_it_slept_between_two_steps_of_the_dump_nothing_was_in_flight_and_nothing_is_lost() {
    Event.Data told = goneOn("sleep", 0);
    assertThat(SITES.get("sleep").requests("stepBackup")).hasSize(10);
    assertThat(told.warnings().texts()).isEmpty();
  }

  @Test
  void in_a_step_whose_answer_nobody_heard_the_next_step_follows() {
    goneOn("answer", 1);
    assertThat(SITES.get("answer").requests("stepBackup")).hasSize(10);
  }

  @Test
  void in_a_step_that_ran_on_for_a_while_the_next_step_follows_it() {
    goneOn("inside", 1);
    assertThat(SITES.get("inside").requests("stepBackup")).hasSize(10);
  }

  @Test
  void in_a_step_of_the_dump_that_died_too_the_same_run_takes_a_new_backup() {
    Event.Data told = ended("dump");
    assertThat(told.attempts()).isEqualTo(2);
    assertThat(SITES.get("dump").requests("startBackup")).hasSize(2);
  }

  @Test
  void in_a_step_among_files_that_died_too_the_step_is_repeated() {
    goneOn("packing", 1);
    assertThat(SITES.get("packing").requests("stepBackup")).hasSize(11);
  }

  @Test
  void in_the_start_its_backup_is_found_by_its_description() {
    goneOn("start", 1);
  }

  @Test
  void after_the_last_step_the_archive_is_verified_and_nothing_is_stepped() {
    goneOn("verify", 0);
    assertThat(SITES.get("verify").requests("stepBackup")).hasSize(10);
  }

  @Test
  void while_a_lost_answer_was_made_up_for_that_begins_anew() {
    goneOn("look", 1);
    assertThat(SITES.get("look").requests("stepBackup")).hasSize(10);
  }

  @Test
  void before_a_further_attempt_the_attempt_is_made() {
    goneOn("pause", 0);
  }

  @Test
  void before_the_notification_it_is_sent_with_the_same_event() {
    goneOn("told", 0);
  }

  @Test
  void in_line_it_is_begun_in_its_turn() {
    goneOn("queued", 0);
  }

  private static SimulatedSite site(String name, String... lines) {
    SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(10);
    SITES.put(name, site);
    String[] all = Arrays.copyOf(lines, lines.length + 2);
    all[lines.length] = "deadAfter: 500ms";
    all[lines.length + 1] =
        String.join("", lines).contains("host:") ? "tags: []" : "host: " + name + ".example";
    product.site(name, site.url(), all);
    return site;
  }

  private static Fault dying(int step) {
    return Fault.on("stepBackup").nth(step).inside(ProcessIsKilledTest::awaitKill).workerKilled();
  }

  private static void awaitKill() {
    try {
      KILLED.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode sleepy(ObjectNode answer) {
    ((ObjectNode) answer.get("data")).put("sleepTime", 3_000);
    return answer;
  }

  private static String mailTo(String server) {
    return """
    limits: {perHost: 1}
    channels:
      ops: {type: mail, smtp: "%s", from: backup@example.com, to: ops@example.com}
    notify: [{on: [failed, completed, warning], to: ops}]
    """
        .formatted(server);
  }

  private static void reached(String site, String method, int calls) {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> SITES.get(site).requests(method).size() == calls);
  }

  /** The backup that was begun before the kill ended well; so many answers were lost on the way. */
  private static Event.Data goneOn(String site, int recoveries) {
    Event.Data told = ended(site);
    assertThat(told.attempts()).isEqualTo(1);
    assertThat(told.recoveries()).isEqualTo(recoveries);
    assertThat(told.steps()).isEqualTo(10);
    assertThat(SITES.get(site).requests("startBackup")).hasSize(1);
    return told;
  }

  private static Event.Data ended(String site) {
    List<String> runs =
        product.jdbc().queryForList("select id from run where site = ?", String.class, site);
    assertThat(runs).hasSize(1);
    Event outcome = product.outcome(runs.get(0));
    Event.Data told = outcome.data();
    assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
    SimulatedSite shop = SITES.get(site);
    assertThat(shop.archiveBroken(told.recordId())).isFalse();
    assertThat(shop.violations().stream().filter(text -> !text.contains("session"))).isEmpty();
    await()
        .atMost(RunningProduct.PATIENCE)
        .untilAsserted(() -> assertThat(mails(site)).isNotEmpty());
    assertThat(mails(site)).hasSize(1);
    assertThat(sent(site)).containsExactly(outcome.id());
    return told;
  }

  private static List<String> sent(String site) {
    return product
        .jdbc()
        .queryForList(
            "select event_id from outbox where event_id like ?", String.class, site + "-%");
  }

  private static List<MimeMessage> mails(String site) {
    return Arrays.stream(product.smtp().getReceivedMessages())
        .filter(mail -> subject(mail).startsWith("[completed] " + site))
        .toList();
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
