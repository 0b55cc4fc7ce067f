package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.ForeignBackup;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.watch.SiteView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that other clients take: {@code watch: true}. */
class WatchedSiteTest {
  @TempDir Path folder;

  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void site() {
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
  }

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  private void start(String... lines) throws Exception {
    product
        .site("shop", shop.url(), lines)
        .yaml(
            """
            channels:
              hook: {type: camel, uri: "mock:hook"}
            notify:
              - {on: [started, completed, warning, failed, missed, recovered], to: [hook]}
            """)
        .start();
  }

  /** What the channel is to be told, in its order. */
  private List<Event> told() {
    EventJson json = new EventJson();
    return product
        .jdbc()
        .queryForList("select event from outbox order by id", String.class)
        .stream()
        .map(json::read)
        .toList();
  }

  private List<String> states() {
    return told().stream().map(event -> event.data().state()).toList();
  }

  private Event told(String state) {
    return await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () -> told().stream().filter(one -> one.data().state().equals(state)).findFirst(),
            Optional::isPresent)
        .get();
  }

  /** Makes the site due, and waits until it has been inspected. */
  private void inspect() {
    Instant asked = Instant.now();
    product
        .jdbc()
        .update("update site_inspection set due_at = current_timestamp - interval '1' second");
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                product
                        .jdbc()
                        .queryForObject(
                            "select count(*) from site_inspection where inspected_at >= ?",
                            Integer.class,
                            java.sql.Timestamp.from(asked))
                    > 0);
  }

  private Instant lastGood() {
    return standing().lastGood();
  }

  @Test
  void a_good_backup_of_another_client_is_verified_and_is_the_last_good_one() throws Exception {
    shop.foreignBackup("backend").finish();
    start("watch: true", "overdueAfter: 26h");

    Event completed = told("completed");

    assertThat(completed.data().trigger()).isEqualTo("watch");
    assertThat(completed.data().requestedBy()).isEqualTo("watch:backend");
    assertThat(completed.data().recordId()).isEqualTo(1);
    assertThat(completed.data().size()).isPositive();
    assertThat(states()).containsExactly("completed");
    assertThat(lastGood()).isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
    assertThat(shop.requests("startBackup")).isEmpty();
    assertThat(shop.requests("stepBackup")).isEmpty();
    assertThat(shop.requests("download")).hasSize(1); // its first bytes
  }

  @Test
  void each_backup_is_verified_once_and_a_failed_or_running_one_never() throws Exception {
    shop.foreignBackup("cli").finish();
    start("watch: true", "overdueAfter: 26h");
    told("completed");
    shop.foreignBackup("cli");

    inspect();
    inspect();

    assertThat(states()).containsExactly("completed");
    assertThat(shop.requests("download")).hasSize(1);
  }

  @Test
  @Tag("fault")
  void a_broken_backup_of_another_client_fails_once_and_is_never_the_last_good_one()
      throws Exception {
    ForeignBackup broken = shop.foreignBackup("backend").inStep(true);
    shop.foreignStart("cli").abandoned(); // during a step of the one before
    broken.finish(); // its record says complete
    start("watch: true", "overdueAfter: 26h");

    Event failed = told("failed");
    inspect();

    assertThat(failed.data().error().kind()).isEqualTo("restarted-on-server");
    assertThat(failed.data().error().message()).contains("which destroys it (record 2");
    assertThat(failed.data().trigger()).isEqualTo("watch");
    assertThat(states()).containsExactly("failed");
    assertThat(lastGood()).isNull();
    assertThat(shop.requests("startBackup")).isEmpty();
  }

  @Test
  void the_backup_is_downloaded_and_kept_as_ours_would_be() throws Exception {
    shop.foreignBackup("json").finish();
    start("watch: true", "overdueAfter: 26h", "download: {to: " + folder.resolve("home") + "}");

    Event completed = told("completed");

    assertThat(completed.data().downloaded()).hasSize(1);
    assertThat(Path.of(completed.data().downloaded().get(0))).exists();
  }

  @Test
  @Tag("fault")
  void a_last_good_backup_whose_files_are_gone_is_missed_for_that_and_the_next_one_recovers()
      throws Exception {
    start(); // not watched: every site is looked after
    long record = product.backup("shop").data().recordId();
    inspect();
    assertThat(states()).containsExactly("started", "completed");

    ForeignClient.deletesFiles(shop, record);
    inspect();

    Event missed = told("missed");
    assertThat(missed.data().error().kind()).isEqualTo("not-found");
    assertThat(missed.data().error().message())
        .startsWith("The files of the last good backup are gone from the site (record " + record);
    assertThat(lastGood()).isNull();
    inspect();
    assertThat(states()).containsExactly("started", "completed", "missed");
    product.backup("shop");
    assertThat(states())
        .containsExactly("started", "completed", "missed", "started", "completed", "recovered");
    assertThat(lastGood()).isNotNull();
  }

  /** As if the site had been entered so long ago, without a good backup since. */
  private void enteredBefore(String interval) {
    product
        .jdbc()
        .update("update standing set entered_at = current_timestamp - interval " + interval);
  }

  private int inspections() {
    return shop.requests("listBackups").size();
  }

  @Test
  @Tag("fault")
  void a_watched_site_is_asked_once_more_before_it_is_called_missed() throws Exception {
    start("watch: true", "overdueAfter: 26h");
    await().atMost(RunningProduct.PATIENCE).until(() -> inspections() == 1);
    shop.foreignBackup("cli").finish();

    enteredBefore("'27' hour");

    told("completed");
    assertThat(states()).containsExactly("completed");
  }

  @Test
  @Tag("fault")
  void one_that_nobody_backs_up_is_missed_and_the_reason_is_told() throws Exception {
    start("watch: true", "overdueAfter: 26h");
    shop.foreignBackup("cli").finish().files(false); // another client has fetched and deleted it

    enteredBefore("'27' hour");

    Event missed = told("missed");
    assertThat(missed.data().error().kind()).isEqualTo("not-found");
    assertThat(missed.data().error().message())
        .startsWith("The newest backup on the site (record 1, origin cli, begun ")
        .endsWith("has no files there any more, and no remote copy.");
    assertThat(standing().reason()).isEqualTo(missed.data().error().message());
  }

  private SiteView standing() {
    return product.service().beans().monitoring().status().site("shop").orElseThrow();
  }

  @Test
  @Tag("fault")
  void a_site_that_does_not_answer_is_no_evidence_until_its_backup_is_overdue() throws Exception {
    shop.foreignBackup("cli").finish();
    start("watch: true", "overdueAfter: 26h");
    told("completed");
    shop.fault(Fault.onAny().times(1_000).html503());

    inspect();
    assertThat(states()).containsExactly("completed");
    product
        .jdbc()
        .update(
            "update standing set entered_at = current_timestamp - interval '9' day,"
                + " last_good_at = current_timestamp - interval '27' hour");

    Event missed = told("missed");
    assertThat(missed.data().error().kind()).isEqualTo("unreachable");
    assertThat(missed.data().error().message())
        .startsWith("Since ")
        .contains("The site could not be asked for its backups");
  }

  @Test
  void a_backup_that_is_found_too_late_ends_no_alarm_and_the_next_one_does() throws Exception {
    start("watch: true", "overdueAfter: 26h");
    enteredBefore("'9' day");
    told("missed");

    shop.foreignBackup("cli").finish().idleFor(Duration.ofDays(3));
    inspect();
    told("completed");
    assertThat(states()).containsExactly("missed", "completed");
    assertThat(standing().state()).isEqualTo("missed");
    assertThat(lastGood())
        .isBetween(
            Instant.now().minus(Duration.ofDays(3)).minusSeconds(600),
            Instant.now().minus(Duration.ofDays(3)));

    shop.foreignBackup("backend").finish();
    inspect();
    told("recovered");
    assertThat(states()).containsExactly("missed", "completed", "completed", "recovered");
  }

  @Test
  void files_that_are_back_are_verified_anew_and_the_site_recovers() throws Exception {
    ForeignBackup backup = shop.foreignBackup("cli").finish();
    start("watch: true", "overdueAfter: 26h");
    told("completed");

    backup.files(false);
    inspect();
    told("missed");
    backup.files(true);
    inspect();

    told("recovered");
    assertThat(states()).containsExactly("completed", "missed", "completed", "recovered");
    assertThat(lastGood()).isNotNull();
  }

  @Test
  @Tag("fault")
  void where_a_quota_has_removed_ours_a_newer_good_one_of_another_client_counts() throws Exception {
    start(); // not watched
    long record = product.backup("shop").data().recordId();
    shop.foreignBackup("backend").finish();
    ForeignClient.deletesFiles(shop, record);

    inspect();

    Event newer =
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(
                () ->
                    told().stream().filter(one -> "watch".equals(one.data().trigger())).findFirst(),
                Optional::isPresent)
            .get();
    assertThat(newer.data().state()).isEqualTo("completed");
    inspect();
    assertThat(states()).containsExactly("started", "completed", "completed");
    assertThat(standing().state()).isEqualTo("completed");
  }

  @Test
  void a_backup_at_home_is_not_looked_for_on_the_site() throws Exception {
    start("download: {to: " + folder.resolve("home") + "}", "onServer: deleteFiles");
    product.backup("shop");
    int calls = shop.requests().size();

    inspect();

    assertThat(states()).containsExactly("started", "completed");
    assertThat(shop.requests()).hasSize(calls);
  }

  @Test
  @Tag("fault")
  void a_backup_whose_copy_at_home_was_deleted_is_looked_for_on_the_site() throws Exception {
    Path home = folder.resolve("home");
    start("download: {to: " + home + "}");
    Event completed = product.backup("shop");
    Files.delete(Path.of(completed.data().downloaded().get(0)));
    inspect();
    assertThat(states()).containsExactly("started", "completed"); // the site has it

    ForeignClient.deletesFiles(shop, completed.data().recordId());
    Path away = Files.move(home, folder.resolve("not-mounted"));
    inspect();
    assertThat(states()).containsExactly("started", "completed"); // what is at home is not known

    Files.move(away, home);
    inspect();
    assertThat(told("missed").data().error().message())
        .startsWith("The files of the last good backup are gone from the site")
        .endsWith("and no copy of it is at home.");
    assertThat(lastGood()).isNull();
  }

  @Test
  @Tag("fault")
  void a_last_good_backup_whose_record_is_gone_is_missed_for_that() throws Exception {
    start();
    ForeignClient.deletes(shop, product.backup("shop").data().recordId());

    inspect();

    assertThat(told("missed").data().error().message())
        .startsWith("The record of the last good backup is gone from the site");
    assertThat(standing().state()).isEqualTo("missed");
    assertThat(standing().lastGood()).isNull();
  }
}
