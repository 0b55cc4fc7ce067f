package io.github.camelakeeba.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.notify.WebhookReceiver;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.SqlTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restore tests by the shipped routes: when, of which archive, and what is told. */
class RestoreTestsTest {
  private static final String PASSWORD = "Scratch-Pa55word-kQ7";
  private static final String TEST =
      "restoreTest: {every: 30d, database: \"jdbc:mariadb://db.example.com:3306/\", user: prover, password: "
          + PASSWORD
          + "}";

  @TempDir Path folder;

  private WebhookReceiver web;
  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void begin() throws IOException {
    web = new WebhookReceiver();
    product = new RunningProduct(folder).durable();
  }

  @AfterEach
  void close() throws IOException {
    product.close();
    web.close();
  }

  private ScriptedTester start(String on, String... lines) throws Exception {
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
    product
        .site("shop", shop.url(), lines)
        .yaml(
            """
            channels: {hook: {type: webhook, url: "%s"}}
            notify: [{on: [%s], to: hook, remind: 2d}]
            """
                .formatted(web.url("/hook"), on))
        .start();
    return ScriptedTester.of(product);
  }

  private ProofRequests requests() {
    return product.service().beans().proofs().requests();
  }

  private Proof ask() {
    return requests().ask("shop", null, "command", "cli:test");
  }

  private static <T> T eventually(Callable<T> value, java.util.function.Predicate<T> wanted) {
    return await()
        .atMost(RunningProduct.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(value, wanted::test);
  }

  private Proof ended(Proof asked) {
    return eventually(() -> requests().find(asked.id()).orElseThrow(), Proof::hasEnded);
  }

  private List<JsonNode> told(String state) {
    return web.taken("/hook").stream()
        .filter(event -> event.at("/data/state").asText().equals(state))
        .toList();
  }

  private JsonNode toldOnce(String state, int number) {
    return eventually(() -> told(state), events -> events.size() >= number).get(number - 1);
  }

  /** The clock can't be set, but what is stored can be older. */
  private void age(String column, Duration time) {
    product
        .jdbc()
        .update(
            "update standing set " + column + " = ? where " + column + " is not null",
            SqlTime.of(Instant.now().minus(time)));
  }

  @Test
  void the_newest_archive_is_restored_and_the_event_says_when_what_and_where() throws Exception {
    ScriptedTester tester =
        start("proved, unproved", TEST, "download: {to: archives/shop, keep: 3}");
    product.backup("shop");
    Event good = product.backup("shop");
    Proof proof = ended(ask());

    assertThat(proof.verdict()).isEqualTo("proved");
    assertThat(proof.backupid()).isEqualTo(good.data().backupid());
    assertThat(proof.size()).isEqualTo(good.data().size());
    assertThat(proof.counts()).hasSize(2);
    assertThat(tester.tested().get(0).location()).contains("archives");
    JsonNode event = toldOnce("proved", 1);
    assertThat(event.path("type").asText()).isEqualTo("io.github.camelakeeba.backup.proved.v1");
    assertThat(event.path("subject").asText()).isEqualTo("shop");
    JsonNode data = event.path("data");
    assertThat(data.path("archive").asText()).isEqualTo(good.data().archive());
    assertThat(data.path("sha256").asText()).isEqualTo("a".repeat(64));
    assertThat(data.path("checkedAt").asText()).isEqualTo(proof.checkedAt().toString());
    assertThat(data.path("provedAt").asText()).isEqualTo(proof.checkedAt().toString());
    assertThat(data.path("server").asText()).isEqualTo("11.4.5-MariaDB");
    assertThat(data.path("tables").asInt()).isEqualTo(2);
    assertThat(data.path("rows").asLong()).isEqualTo(3_119);
    assertThat(data.path("requestedBy").asText()).isEqualTo("cli:test");
    assertThat(data.has("reason")).isFalse();
  }

  @Test
  void one_that_was_not_downloaded_is_read_straight_from_the_site() throws Exception {
    ScriptedTester tester = start("proved", TEST);
    Event good = product.backup("shop");

    assertThat(ended(ask()).backupid()).isEqualTo(good.data().backupid());
    assertThat(tester.tested().get(0).place().name()).isEqualTo("SITE");
  }

  @Test
  @Tag("fault")
  void a_site_without_an_archive_is_untested_and_the_reason_says_so() throws Exception {
    start("untested", TEST);
    Proof proof = ended(ask());

    assertThat(proof.verdict()).isEqualTo("untested");
    assertThat(proof.reason()).contains("no archive of shop");
    assertThat(toldOnce("untested", 1).at("/data/reason").asText()).isEqualTo(proof.reason());
  }

  @Test
  @Tag("fault")
  void a_backup_that_does_not_exist_is_refused_and_nobody_is_told() throws Exception {
    ScriptedTester tester = start("proved, untested", TEST);
    product.backup("shop");
    for (String id : List.of("4711", "id-of-none")) {
      assertThatThrownBy(() -> requests().ask("shop", id, "api", "someone"))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining(
              "there is no backup '" + id + "' of shop, here or among the newest on the site")
          .hasMessageContaining("'list shop' shows them");
    }
    assertThat(requests().newest("shop", null, 10)).isEmpty();

    ended(ask());
    toldOnce("proved", 1);
    assertThat(told("untested")).isEmpty();
    assertThat(tester.tested()).hasSize(1);
  }

  @Test
  @Tag("fault")
  void one_of_a_site_that_does_not_answer_for_its_api_is_accepted_and_untested() throws Exception {
    start("untested", TEST);
    product.backup("shop");
    shop.fault(Fault.on("getBackupInfo").always().page(404, "Not Found"));
    assertThat(ended(requests().ask("shop", "4711", "api", "someone")).verdict())
        .isEqualTo("untested");
  }

  @Test
  void a_test_falls_due_by_itself_and_again_after_the_interval() throws Exception {
    ScriptedTester tester = start("proved", TEST);
    product.backup("shop");
    eventually(
        () ->
            product
                .jdbc()
                .queryForObject(
                    "select count(*) from standing where proof_since is not null", int.class),
        number -> number == 1);
    assertThat(tester.tested()).isEmpty();
    age("proof_since", Duration.ofMinutes(31));
    JsonNode event = toldOnce("proved", 1);
    assertThat(event.at("/data/requestedBy").asText()).isEqualTo("schedule");
    assertThat(event.at("/data/trigger").asText()).isEqualTo("schedule");

    age("proof_at", Duration.ofDays(29));
    ended(ask()); // the due ones are looked for each half second: it would be begun before
    assertThat(told("proved")).hasSizeLessThanOrEqualTo(2);
    age("proof_at", Duration.ofDays(31));
    assertThat(toldOnce("proved", 3).at("/data/trigger").asText()).isEqualTo("schedule");
  }

  @Test
  @Tag("fault")
  void what_could_not_be_tested_is_told_once_a_cause_and_who_asks_for_unproved_is_told()
      throws Exception {
    ScriptedTester tester = start("proved, unproved", TEST);
    product.backup("shop");
    tester.gives(ProofResult.untested("The server at 10.0.0.1:3306 does not answer."));
    ended(ask());
    toldOnce("untested", 1);
    tester.gives(ProofResult.untested("The server at 10.0.0.2:3306 does not answer."));
    ended(ask());
    tester.gives(ProofResult.untested("The disk of the server is full."));
    ended(ask());
    assertThat(toldOnce("untested", 2).at("/data/reason").asText()).contains("disk");

    tester.gives(ScriptedTester.PROVED);
    ended(ask());
    toldOnce("proved", 1);
    tester.gives(ProofResult.untested("The disk of the server is full."));
    ended(ask());
    JsonNode again = toldOnce("untested", 3);
    assertThat(again.at("/data/provedAt").asText()).isNotEmpty();
    assertThat(told("untested")).hasSize(3);
  }

  @Test
  @Tag("fault")
  void a_backup_that_is_not_proved_is_told_each_time_and_again_by_remind() throws Exception {
    ScriptedTester tester = start("unproved", TEST);
    product.backup("shop");
    tester.gives(ScriptedTester.unproved("Table #__content: 2,999 rows, the dump has 3,000."));
    Proof proof = ended(ask());
    JsonNode event = toldOnce("unproved", 1);
    assertThat(event.at("/data/reason").asText()).isEqualTo(proof.reason());
    assertThat(event.at("/data/sha256").asText()).isEqualTo("b".repeat(64));
    ended(ask());
    toldOnce("unproved", 2);

    age("proof_told_at", Duration.ofDays(3));
    JsonNode reminder = toldOnce("unproved", 3);
    assertThat(reminder.at("/data/reminder").asBoolean()).isTrue();
    assertThat(reminder.at("/data/reason").asText()).isEqualTo(proof.reason());
  }

  @Test
  @Tag("fault")
  void a_proof_that_is_overdue_is_told_once_then_reminded_of_and_over_with_the_next_one()
      throws Exception {
    start("untested, proved", TEST, "provedOverdueAfter: 40d");
    product.backup("shop");
    ended(ask());
    toldOnce("proved", 1);
    age("proved_at", Duration.ofDays(41));
    JsonNode overdue = toldOnce("untested", 1);
    assertThat(overdue.at("/data/reason").asText())
        .isEqualTo("No restore has proved a backup of shop for 41 d; provedOverdueAfter is 40d.");
    assertThat(overdue.at("/data").has("checkedAt")).isFalse();
    assertThat(overdue.at("/data/archive").isNull()).isTrue();

    age("unproved_told_at", Duration.ofDays(3));
    assertThat(toldOnce("untested", 2).at("/data/reminder").asBoolean()).isTrue();
    ended(ask());
    toldOnce("proved", 2);
    assertThat(told("untested")).hasSize(2);
    assertThat(product.jdbc().queryForObject("select unproved_told_at from standing", String.class))
        .isNull();
  }

  @Test
  @Tag("fault")
  void a_test_holds_up_no_backup_and_none_begins_while_a_backup_is_taken() throws Exception {
    ScriptedTester tester = start("proved", TEST).hold();
    product.backup("shop");
    Proof held = ask();
    eventually(tester::tested, tested -> tested.size() == 1);
    Event second = product.backup("shop");
    assertThat(second.data().state()).isEqualTo("completed");
    assertThat(requests().find(held.id()).orElseThrow().progress()).contains("1 MB of 2 MB");
    tester.letGo();
    ended(held);

    product
        .jdbc()
        .update("update run set active_site = 'shop' where id in (select max(id) from run)");
    Proof waits = ask();
    assertThat(requests().ask("shop", null, "api", "someone")).isEqualTo(waits);
    String record = String.valueOf(second.data().recordId());
    assertThatThrownBy(() -> requests().ask("shop", record, "api", "someone"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("another archive");
    product.jdbc().update("update run set active_site = null");
    ended(waits);
    assertThat(tester.tested()).hasSize(2);
  }

  @Test
  @Tag("fault")
  void a_test_that_a_stop_or_a_kill_has_left_is_begun_again() throws Exception {
    ScriptedTester tester = start("proved", TEST).hold();
    product.backup("shop");
    Proof left = ask();
    eventually(tester::tested, tested -> tested.size() == 1);
    product.stop();
    product.start();
    tester = ScriptedTester.of(product);
    Proof proof = eventually(() -> requests().find(left.id()).orElseThrow(), Proof::hasEnded);
    // whichever tester took it: this one, or the true one, before this one was there
    assertThat(proof.id()).isEqualTo(left.id());
    assertThat(
            product
                .jdbc()
                .queryForObject("select attempts from proof where id = ?", int.class, left.id()))
        .isEqualTo(1);
  }

  @Test
  @Tag("fault")
  void the_password_of_the_database_reaches_no_message_and_no_record() throws Exception {
    ScriptedTester tester = start("unproved, untested", TEST);
    product.backup("shop");
    tester.gives(
        ProofResult.untested("Access denied for 'prover' with " + PASSWORD + " at the server"));
    Proof proof = ended(ask());
    JsonNode event = toldOnce("untested", 1);

    assertThat(proof.reason()).contains("Access denied").doesNotContain(PASSWORD);
    assertThat(event.toString()).contains("Access denied").doesNotContain(PASSWORD);
    assertThat(product.jdbc().queryForList("select * from proof").toString())
        .doesNotContain(PASSWORD);
    assertThat(product.jdbc().queryForList("select * from standing").toString())
        .doesNotContain(PASSWORD);
  }

  @Test
  @Tag("fault")
  void a_command_that_was_killed_keeps_no_other_archive_from_its_test() throws Exception {
    ScriptedTester tester = start("proved", TEST);
    Event first = product.backup("shop");
    String second = String.valueOf(product.backup("shop").data().recordId());
    // as long as a backup is taken none is begun: as if the first command had been killed
    product
        .jdbc()
        .update("update run set active_site = 'shop' where id in (select max(id) from run)");
    Proof left = requests().ask("shop", second, "command", "cli:killed");
    String record = String.valueOf(first.data().recordId());
    assertThatThrownBy(() -> requests().ask("shop", record, "api", "someone"))
        .isInstanceOf(RunRefusedException.class);
    Proof asked = requests().ask("shop", record, "command", "cli:next");
    assertThat(asked.requestedBy()).isEqualTo("cli:next");
    assertThat(asked.progress()).isNull();
    product.jdbc().update("update run set active_site = null");

    Proof proof = ended(asked);
    assertThat(proof.verdict()).isEqualTo("proved");
    assertThat(proof.recordId()).isEqualTo(first.data().recordId());
    assertThat(proof.requestedBy()).isEqualTo("cli:next");
    assertThat(proof.id()).isEqualTo(left.id());
    assertThat(tester.tested()).hasSize(1);

    tester.hold();
    Proof held = requests().ask("shop", record, "command", "cli:next");
    eventually(tester::tested, tested -> tested.size() == 2);
    assertThatThrownBy(() -> requests().ask("shop", second, "command", "cli:other"))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("another archive");
    tester.letGo();
    ended(held);
  }
}
