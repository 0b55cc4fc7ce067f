package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.notify.WebhookReceiver;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloaded archives are read again: what has rotted is found, told, and fetched anew. */
@Tag("slow")
@Tag("fault")
class RecheckTest {
  private static final Duration PATIENCE = RunningProduct.PATIENCE;
  private static final Duration LONG_AGO = Duration.ofDays(100);

  @TempDir Path folder;
  private Path archives;
  private WebhookReceiver web;
  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void open() throws IOException {
    archives = folder.resolve("archives/shop");
    web = new WebhookReceiver();
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    shop.parts(2).size(300_000);
  }

  @AfterEach
  void close() throws Exception {
    product.close();
    web.close();
    assertThat(shop.violations()).isEmpty();
  }

  private void start(String... more) throws Exception {
    product
        .yaml(
            """
            channels: {hook: {type: webhook, url: "%s"}}
            notify: [{on: [warning, missed, recovered], to: hook}]
            """
                .formatted(web.url("/hook")))
        .site(
            "shop",
            shop.url(),
            Stream.concat(
                    Stream.of("download: {to: \"archives/{site}\", verify: {every: 90d}}"),
                    Stream.of(more))
                .toArray(String[]::new))
        .start();
  }

  private void passes(Duration time) {
    product
        .jdbc()
        .update(
            "update archive set kept_at = ?, verified_at = null, recheck_at = null",
            Instant.now().minus(time).atOffset(ZoneOffset.UTC));
  }

  private List<String> told() {
    return web.taken("/hook").stream().map(RecheckTest::text).toList();
  }

  private static String text(JsonNode event) {
    return event.at("/data/state").asText()
        + ": "
        + event.at("/data/warnings/texts/0").asText()
        + event.at("/data/error/message").asText();
  }

  private void awaitTold(int messages) {
    await().atMost(PATIENCE).until(() -> told().size() >= messages);
  }

  private void awaitVerifiedAgain() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                product
                        .database()
                        .count("archive where verified_at <= kept_at or owner is not null")
                    == 0);
  }

  private void awaitVerified() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                product.database().count("archive where verified_at is null or owner is not null")
                    == 0);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(archives)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".+\\.j(pa|\\d\\d)"))
          .sorted()
          .toList();
    }
  }

  private static List<byte[]> bytes(List<Path> files) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    for (Path file : files) {
      bytes.add(Files.readAllBytes(file));
    }
    return bytes;
  }

  private static void flipABit(Path file, int seed) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(seed);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);
  }

  @Test
  void what_is_whole_is_read_to_its_end_and_nothing_is_told() throws Exception {
    start();
    product.backup("shop");
    passes(LONG_AGO);

    awaitVerified();

    assertThat(product.database().count("archive where damaged_at is null")).isEqualTo(1);
    assertThat(told()).isEmpty();
  }

  @Test
  void one_bit_that_flipped_is_found_and_the_archive_fetched_anew() throws Exception {
    start();
    product.backup("shop");
    List<byte[]> good = bytes(files());
    flipABit(files().get(0), 1);
    passes(LONG_AGO);

    awaitTold(2);

    assertThat(told().get(0))
        .startsWith("warning: The archive of backup 1 (")
        .contains(" is damaged: ", "It is fetched anew");
    assertThat(told().get(1)).contains(" is whole again: it was fetched anew from the site");
    assertThat(bytes(files())).containsExactlyElementsOf(good);
    awaitVerified();
    try (Stream<Path> left = Files.list(archives)) {
      assertThat(left.map(file -> file.getFileName().toString())).hasSize(3).contains("SHA256SUMS");
    }
    assertThat(web.taken("/hook").get(0).path("subject").asText()).isEqualTo("shop");
  }

  @Test
  void what_holds_other_than_was_counted_is_damaged_where_no_checksum_is_known() throws Exception {
    start();
    product.backup("shop");
    product.jdbc().update("update archive set checksums = null");
    product.jdbc().update("update archive_census set file_count = 999");
    Files.delete(archives.resolve("SHA256SUMS"));
    passes(LONG_AGO);

    awaitTold(2);

    assertThat(told().get(0))
        .contains(" is damaged: In it is not what was counted when it was downloaded: ")
        .contains(" files in place of 999. It is fetched anew");
    assertThat(told().get(1)).contains(" is whole again: it was fetched anew from the site");
  }

  @Test
  void files_that_were_deleted_by_hand_come_home_again() throws Exception {
    start();
    product.backup("shop");
    List<byte[]> good = bytes(files());
    Files.delete(files().get(1));
    passes(LONG_AGO);

    awaitTold(2);

    assertThat(told().get(0)).contains("1 of its 2 files are gone: ");
    assertThat(bytes(files())).containsExactlyElementsOf(good);
  }

  @Test
  void the_last_good_backup_that_is_lost_for_good_makes_its_site_missed() throws Exception {
    start("onServer: deleteFiles");
    Event outcome = product.backup("shop");
    assertThat(outcome.data().state()).isEqualTo("completed");
    List<byte[]> good = bytes(files());
    flipABit(files().get(1), 2);
    List<byte[]> damaged = bytes(files());
    passes(LONG_AGO);

    awaitTold(2);

    assertThat(told().get(0)).startsWith("warning: ").contains(" is damaged: ");
    assertThat(told().get(1))
        .startsWith("missed: ")
        .contains("The archive of the last good backup", "could not be fetched anew: ");
    // what is left of it stays: somebody may save something of it
    assertThat(bytes(files())).containsExactlyElementsOf(damaged);

    // somebody has another copy of it, and puts it there
    Files.write(files().get(1), good.get(1));
    awaitVerified();
    product.jdbc().update("update archive set verified_at = kept_at, recheck_at = null");
    awaitTold(3);
    assertThat(told().get(2)).startsWith("recovered: ");
    assertThat(web.taken("/hook").get(2).at("/data/archive").asText()).isNotEmpty();
    assertThat(product.database().count("standing where missed_at is not null")).isZero();
  }

  @Test
  void an_older_one_that_is_lost_is_a_warning_and_told_once() throws Exception {
    start("onServer: deleteFiles");
    product.backup("shop");
    flipABit(files().get(0), 3);
    product.backup("shop");
    passes(LONG_AGO);

    awaitTold(2);
    awaitVerified();
    assertThat(told().get(1)).startsWith("warning: ").contains("could not be fetched anew");

    product.jdbc().update("update archive set verified_at = kept_at, recheck_at = null");
    awaitVerifiedAgain();
    assertThat(told()).hasSize(2);
  }

  @Test
  void a_folder_that_is_away_is_no_evidence_and_told_after_a_day() throws Exception {
    start();
    product.backup("shop");
    Path elsewhere = folder.resolve("unmounted");
    Files.move(archives, elsewhere);
    passes(LONG_AGO);
    awaitAway();
    assertThat(product.database().count("archive where damaged_at is not null")).isZero();
    assertThat(told()).isEmpty();

    product
        .jdbc()
        .update(
            "update archive set away_since = ?, recheck_at = null",
            Instant.now().minus(Duration.ofHours(25)).atOffset(ZoneOffset.UTC));
    awaitTold(1);
    assertThat(told().get(0))
        .startsWith("warning: The archives of shop in " + archives)
        .contains("could not be read since ", "is not there.");

    Files.move(elsewhere, archives);
    product.jdbc().update("update archive set recheck_at = null");
    awaitVerified();
    assertThat(product.database().count("archive where away_since is null")).isEqualTo(1);
    assertThat(told()).hasSize(1);
  }

  private void awaitAway() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                product.database().count("archive where away_since is not null and owner is null")
                    == 1);
  }

  @Test
  void a_kill_between_two_files_leaves_nothing_half() throws Exception {
    start();
    product.backup("shop");
    List<byte[]> good = bytes(files());
    // the state that a killed process leaves: it has the archive, has replaced one file of two
    flipABit(files().get(1), 4);
    Files.createDirectories(archives.resolve(".fetched-anew"));
    product
        .jdbc()
        .update(
            "update archive set owner = 'dead/1', damaged_at = current_timestamp, damage = 'one bit',"
                + " recheck_at = current_timestamp");

    awaitTold(1);

    assertThat(told().get(0)).contains(" is whole again: it was fetched anew");
    assertThat(bytes(files())).containsExactlyElementsOf(good);
    await().atMost(PATIENCE).until(() -> !Files.exists(archives.resolve(".fetched-anew")));
  }

  /** The next poll must not take up the same archive, and call it lost, while it is fetched. */
  @Test
  @Tag("fault")
  void a_fetch_that_takes_longer_than_the_interval_between_two_polls_ends_well() throws Exception {
    start();
    product.backup("shop");
    List<byte[]> good = bytes(files());
    CountDownLatch release = new CountDownLatch(1);
    int asked = shop.requests("downloadDirect").size();
    shop.fault(Fault.on("downloadDirect").holdAnswer(release));
    flipABit(files().get(0), 1);
    passes(LONG_AGO);

    await().atMost(PATIENCE).until(() -> shop.requests("downloadDirect").size() > asked);
    // several polls
    await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> told().size() == 1);
    release.countDown();
    awaitTold(2);

    assertThat(told().get(1)).contains(" is whole again: it was fetched anew from the site");
    assertThat(bytes(files())).containsExactlyElementsOf(good);
    awaitVerified();
    assertThat(told()).hasSize(2);
  }

  /** The site still has it, and an inspection of the missed site finds it there. */
  @Test
  @Tag("fault")
  void a_copy_that_is_damaged_makes_no_backup_a_good_one() throws Exception {
    start();
    product.backup("shop");
    shop.fault(Fault.downloadResizedBy(1));
    flipABit(files().get(0), 1);
    passes(LONG_AGO);
    awaitTold(2);
    assertThat(told().get(1)).startsWith("missed: ");

    product
        .jdbc()
        .update(
            "update site_inspection set inspected_at = null,"
                + " due_at = current_timestamp - interval '1' second");
    await()
        .atMost(PATIENCE)
        .until(
            () -> product.database().count("site_inspection where inspected_at is not null") == 1);
    assertThat(product.database().count("run")).isEqualTo(1);
    assertThat(told()).hasSize(2);
  }
}
