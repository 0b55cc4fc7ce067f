package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.icegreen.greenmail.util.GreenMailUtil;
import io.github.camelakeeba.bus.SftpServer;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Off-site archives: each good backup comes home; only what is ours, and not needed, is let go. */
@Tag("slow")
@Tag("fault")
class KeepTest {
  private static final long PATIENCE_MILLIS = RunningProduct.PATIENCE.toMillis();

  @TempDir Path folder;
  private Path archives;
  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void open() {
    archives = folder.resolve("archives/shop");
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
  }

  @AfterEach
  void close() throws Exception {
    product.close();
    assertThat(shop.violations()).isEmpty();
  }

  private void start(String download, String... more) throws Exception {
    String[] lines =
        Stream.concat(Stream.of("download: " + download), Stream.of(more)).toArray(String[]::new);
    product.site("shop", shop.url(), lines).start();
  }

  private static List<String> files(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      // the lock goes when the run has let go of it, which is after its outcome
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".lock"))
          .sorted()
          .toList();
    }
  }

  private List<String> archives() throws IOException {
    return files(archives).stream().filter(name -> name.endsWith(".jpa")).toList();
  }

  private boolean onSite(int record) {
    return shop.records().get(shop.records().size() - record).path("meta").asText().equals("ok");
  }

  @Test
  void each_archive_comes_home_and_the_event_says_where() throws Exception {
    shop.parts(2).size(200_000);
    product.yaml(
        """
        channels:
          ops: {type: mail, smtp: "%SMTP%", from: a@example.com, to: [ops@example.com]}
        notify:
          - {on: completed, to: ops}
        """);
    start("{to: \"archives/{site}\"}");

    Event outcome = product.backup("shop");

    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(product.smtp().waitForIncomingEmail(PATIENCE_MILLIS, 1)).isTrue();
    assertThat(GreenMailUtil.getWholeMessage(product.smtp().getReceivedMessages()[0]))
        .containsPattern("At home in: +" + archives);
    assertThat(outcome.data().downloaded())
        .hasSize(2)
        .allSatisfy(file -> assertThat(Path.of(file)).exists().hasParent(archives));
    assertThat(files(archives)).hasSize(3).contains("SHA256SUMS");
    assertThat(onSite(1)).isTrue();
    assertThat(shop.requests("deleteFiles")).isEmpty();
  }

  @Test
  void old_ones_are_let_go_and_nothing_that_is_not_ours() throws Exception {
    start("{to: \"archives/{site}\", keep: 2}");
    Files.createDirectories(archives);
    Files.writeString(archives.resolve("mine.jpa"), "somebody else's");
    String first = product.backup("shop").data().archive();
    for (int i = 0; i < 3; i++) {
      assertThat(product.backup("shop").data().state()).isEqualTo("completed");
    }

    assertThat(archives()).hasSize(3).contains("mine.jpa").doesNotContain(first);
    assertThat(Files.readString(archives.resolve("SHA256SUMS"))).doesNotContain(first);
    assertThat(product.jdbc().queryForObject("select count(*) from archive", Integer.class))
        .isEqualTo(2);
  }

  @Test
  void a_failed_backup_lets_none_go() throws Exception {
    start("{to: \"archives/{site}\", keep: 1}");
    String good = product.backup("shop").data().archive();
    shop.failAt(2, "The disk is full");
    for (int i = 0; i < 3; i++) {
      assertThat(product.backup("shop").data().state()).isEqualTo("failed");
    }

    assertThat(archives()).containsExactly(good);
  }

  @Test
  void a_file_that_was_exchanged_for_another_or_a_link_is_not_deleted() throws Exception {
    start("{to: \"archives/{site}\", keep: 1}");
    String first = product.backup("shop").data().archive();
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Files.delete(archives.resolve(first));
    Files.createSymbolicLink(archives.resolve(first), precious);

    product.backup("shop");

    assertThat(precious).hasContent("precious");
    assertThat(archives.resolve(first)).isSymbolicLink();
  }

  @ParameterizedTest
  @CsvSource({
    "jpa, keep, true",
    "jpa, deleteFiles, false",
    "jps, deleteFiles, true",
    "jps, deleteFilesUnread, false",
  })
  void the_files_on_the_site_go_only_when_the_archive_was_read(
      String kind, String onServer, boolean stays) throws Exception {
    shop.kind(kind);
    start("{to: \"archives/{site}\"}", "onServer: " + onServer);

    Event outcome = product.backup("shop");

    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(onSite(1)).isEqualTo(stays);
    assertThat(outcome.data().downloaded()).hasSize(1);
  }

  @Test
  void a_deletion_that_is_refused_is_a_warning() throws Exception {
    shop.fault(
        Fault.on("deleteFiles")
            .always()
            .answer(200, "application/json", "{\"status\":0,\"data\":\"No permission\"}"));
    start("{to: \"archives/{site}\"}", "onServer: deleteFiles");

    Event outcome = product.backup("shop");

    assertThat(outcome.data().state()).isEqualTo("warning");
    assertThat(outcome.data().warnings().texts().get(0))
        .contains(
            "The archive is downloaded, but its files were not deleted on the site", "permission");
    assertThat(outcome.data().downloaded()).hasSize(1);
  }

  @Test
  void an_archive_that_comes_broken_makes_a_failed_backup_and_stays_on_the_site() throws Exception {
    shop.fault(Fault.downloadResizedBy(1).always());
    start("{to: \"archives/{site}\"}", "onServer: deleteFiles", "retry: {unreachable: 2}");

    Event outcome = product.backup("shop");

    assertThat(outcome.data().error().kind()).isEqualTo("verification");
    assertThat(outcome.data().error().message()).contains("is longer than");
    assertThat(archives()).isEmpty();
    assertThat(shop.requests("deleteFiles")).isEmpty();
    assertThat(shop.requests("startBackup")).hasSize(1);
  }

  @Test
  void one_that_does_not_come_is_said_to_be_on_the_site() throws Exception {
    shop.fault(Fault.on("downloadDirect").always().page(500, "Internal Server Error"))
        .fault(Fault.on("download").nth(2).always().page(500, "Internal Server Error"));
    product.property("backup.recovery.pause = 5ms");
    start("{to: \"archives/{site}\"}");

    Event outcome = product.backup("shop");

    assertThat(outcome.data().error().kind()).isEqualTo("unreachable");
    assertThat(outcome.data().error().message())
        .startsWith("The backup is on the site (record 1), but its archive was not downloaded: ")
        .contains("HTTP 500");
    assertThat(archives()).isEmpty();
  }

  @Test
  void one_that_comes_at_the_second_attempt_of_the_run_is_of_the_same_backup() throws Exception {
    // eight calls in vain end the first attempt
    shop.fault(Fault.on("downloadDirect").times(1).page(500, "Internal Server Error"))
        .fault(Fault.on("download").nth(2).times(8).page(500, "Internal Server Error"));
    product.property("backup.recovery.pause = 5ms");
    start("{to: \"archives/{site}\"}", "retry: {unreachable: 1}");

    Event outcome = product.backup("shop");

    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(archives()).hasSize(1);
    assertThat(shop.requests("startBackup")).hasSize(1);
    assertThat(shop.requests("stepBackup")).hasSize(3);
  }

  @Test
  void no_room_is_told_with_the_folder_and_nothing_is_fetched() throws Exception {
    Files.createDirectories(archives.getParent());
    Files.writeString(archives, "a file in the folder's place");
    start("{to: \"archives/{site}\"}");

    Event outcome = product.backup("shop");

    assertThat(outcome.data().error().kind()).isEqualTo("configuration");
    assertThat(outcome.data().error().message())
        .contains("is on the site (record 1)", archives + " can't be written");
    assertThat(shop.requests("downloadDirect")).isEmpty();
  }

  @Test
  void a_remote_archive_is_a_warning() throws Exception {
    shop.fault(
        Fault.on("getBackupInfo")
            .always()
            .jsonRewrite(
                json -> {
                  ((com.fasterxml.jackson.databind.node.ObjectNode) json.get("data"))
                      .put("remote_filename", "s3/site.jpa")
                      .set("filenames", ((ArrayNode) json.at("/data/filenames")).removeAll());
                  return json;
                }));
    start("{to: \"archives/{site}\"}");

    Event outcome = product.backup("shop");

    assertThat(outcome.data().state()).isEqualTo("warning");
    assertThat(outcome.data().warnings().texts().get(0)).contains("not downloaded");
  }

  @Test
  void a_user_stops_a_long_download() throws Exception {
    shop.fault(Fault.on("downloadDirect").page(500, "x"))
        .fault(Fault.on("download").nth(3).always().delayAnswer(Duration.ofMillis(1200)));
    shop.size(20_000_000);
    start("{to: \"archives/{site}\"}");
    Run run = product.request("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("download").size() >= 4);

    product.jdbc().update("update run set stop_asked = current_timestamp where id = ?", run.id());

    Event outcome = product.outcome(run.id());
    assertThat(outcome.data().error().kind()).isEqualTo("stopped");
    assertThat(shop.requests("download").size()).isLessThan(12);
  }

  @Test
  void a_service_that_is_stopped_in_a_download_goes_on_with_it() throws Exception {
    shop.fault(Fault.on("downloadDirect").page(500, "x"))
        .fault(Fault.on("download").nth(3).always().delayAnswer(Duration.ofMillis(500)));
    shop.size(6_000_000);
    product.durable();
    start("{to: \"archives/{site}\"}", "onServer: deleteFiles");
    Run run = product.request("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("download").size() >= 5);
    product.stop();
    assertThat(files(archives)).anyMatch(name -> name.endsWith(".part"));
    shop.clearFaults();

    product.start();

    Event outcome = product.outcome(run.id());
    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(archives()).hasSize(1);
    assertThat(files(archives)).noneMatch(name -> name.endsWith(".part"));
    assertThat(shop.requests("startBackup")).hasSize(1);
    assertThat(shop.requests("downloadDirect")).hasSize(1);
    assertThat(onSite(1)).isFalse();
  }

  @Test
  void one_that_was_interrupted_after_the_deletion_ends_well_all_the_same() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("deleteFiles").holdAnswer(release));
    product.durable();
    start("{to: \"archives/{site}\"}", "onServer: deleteFiles", "stepTimeout: 5s");
    Run run = product.request("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> !shop.requests("deleteFiles").isEmpty());
    product.stop();
    release.countDown();

    product.start();

    Event outcome = product.outcome(run.id());
    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(outcome.data().size()).isEqualTo(65_536);
    assertThat(outcome.data().downloaded()).hasSize(1);
    assertThat(shop.requests("downloadDirect")).hasSize(1);
  }

  @Test
  void archives_are_handed_on_to_an_sftp_server_and_let_go_there() throws Exception {
    Path vault = Files.createDirectories(folder.resolve("vault"));
    SecretSpellings secrets = new SecretSpellings(Map.of("vault password", SftpServer.PASSWORD));
    try (LeakWatch watch = LeakWatch.start(secrets);
        SftpServer sftp = SftpServer.start(vault)) {
      String uri =
          "sftp://%s@%s/{site}?password=%s&strictHostKeyChecking=no&knownHostsFile=%s"
              .formatted(
                  SftpServer.USER, sftp.address(), SftpServer.PASSWORD, folder.resolve("hosts"));
      shop.parts(2).size(300_000);
      start("{to: \"" + uri + "\", keep: 2}", "onServer: deleteFiles", "retry: {unreachable: 1}");

      Event first = product.backup("shop");
      assertThat(first.data().error()).isNull();
      assertThat(first.data().downloaded())
          .hasSize(2)
          .allMatch(file -> file.startsWith("sftp://" + sftp.address() + "/shop/"))
          .noneMatch(file -> file.contains(SftpServer.PASSWORD));
      assertThat(files(vault.resolve("shop"))).hasSize(2).contains(first.data().archive());
      assertThat(vault.resolve("shop").resolve(first.data().archive())).hasSize(150_000);
      assertThat(onSite(1)).isFalse();
      assertThat(files(folder.resolve("data/archives/shop"))).containsExactly("SHA256SUMS");
      Files.writeString(vault.resolve("shop/mine.jpa"), "somebody else's");
      product.backup("shop");
      Event third = product.backup("shop");

      assertThat(third.data().state()).isEqualTo("completed");
      assertThat(files(vault.resolve("shop")))
          .hasSize(5)
          .contains("mine.jpa", third.data().archive())
          .doesNotContain(first.data().archive());

      sftp.stop();
      Event down = product.backup("shop");
      assertThat(down.data().error().kind()).isEqualTo("unreachable");
      assertThat(down.data().error().message())
          .contains("is on the site (record 4)", "does not accept it: ", ". It was tried 2 times.")
          .doesNotContain(SftpServer.PASSWORD);
      assertThat(onSite(4)).isTrue();
      assertThat(shop.requests("startBackup")).hasSize(4);
      assertThat(watch.events()).isGreaterThan(1_000);
      assertThat(watch.leaks()).isEmpty();
    }
  }
}
