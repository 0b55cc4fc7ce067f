package io.github.camelakeeba.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive comes home whole, or there is a clear error: never a file that only looks whole. */
@Tag("slow")
class DownloadTest {
  private static final int MEBIBYTE = 1024 * 1024;

  @TempDir static Path home;
  private static RunningProduct product;
  private static SimulatedSite shop;

  @TempDir Path folder;
  private Path target;
  private int before;
  private long record;

  @BeforeAll
  static void open() throws Exception {
    // the pauses between calls in vain double from here: seven of them are what a file is given
    product =
        new RunningProduct(home)
            .property("backup.downloads.perHost = 3")
            .property("backup.recovery.pause = 10ms");
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
    product.site("shop", shop.url()).start();
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  @BeforeEach
  void begin() {
    target = folder.resolve("archives/shop");
    shop.clearFaults().kind("jpa");
    before = shop.requests().size();
  }

  @AfterEach
  void watched() {
    assertThat(shop.violations()).isEmpty();
  }

  private DownloadTest archive(int parts, long size) {
    shop.parts(parts).size(size).pastBackups(1);
    record = shop.records().get(0).get("id").asLong();
    return this;
  }

  /** Those of this test. */
  private List<RecordedRequest> requests(String method) {
    List<RecordedRequest> all = shop.requests();
    return all.subList(before, all.size()).stream()
        .filter(request -> request.method().equals(method))
        .toList();
  }

  private DownloadedArchive download() {
    return product
        .service()
        .context()
        .createProducerTemplate()
        .requestBody("direct:akeeba-download", order(), DownloadedArchive.class);
  }

  private DownloadRequest order() {
    return new DownloadRequest(
        product.service().configuration().sites().get("shop"),
        record,
        null,
        target,
        DumpExpectation.NONE,
        new DownloadProgress());
  }

  private AkeebaException failure() {
    Throwable thrown = catchThrowable(this::download);
    assertThat(thrown).isInstanceOf(CamelExecutionException.class);
    Throwable cause = thrown;
    while (cause != null && !(cause instanceof AkeebaException)) {
      cause = cause.getCause();
    }
    assertThat(cause).as("%s", thrown.getCause()).isNotNull();
    return (AkeebaException) cause;
  }

  private List<String> files() throws IOException {
    if (!Files.isDirectory(target)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(target)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** No file but halves, the sums, and what was there before. */
  private void nothingThatLooksWhole() throws IOException {
    assertThat(files())
        .allMatch(name -> name.endsWith(".part") || name.equals("SHA256SUMS"), "halves only");
  }

  private static String sum(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8192",
    "1, 65536",
    "1, 1048575",
    "1, 1048576",
    "1, 1048577",
    "1, 3145728",
    "1, 5000001",
    "2, 200001",
    "3, 3145728",
    "9, 9000001",
  })
  void all_files_come_whole_under_their_names(int parts, long size) throws Exception {
    DownloadedArchive pulled = archive(parts, size).download();

    assertThat(pulled.readable()).isTrue();
    assertThat(pulled.size()).isEqualTo(size);
    assertThat(pulled.files()).hasSize(parts);
    assertThat(pulled.files().get(parts - 1).name()).endsWith(".jpa");
    for (DownloadedArchive.File file : pulled.files()) {
      assertThat(target.resolve(file.name())).hasSize(file.size());
      assertThat(sum(target.resolve(file.name()))).isEqualTo(file.sha256());
    }
    assertThat(files()).hasSize(parts + 1).contains("SHA256SUMS");
    assertThat(Files.readAllLines(target.resolve("SHA256SUMS")))
        .hasSize(2 * parts)
        .contains(pulled.files().get(0).sha256() + "  " + pulled.files().get(0).name());
    assertThat(requests("downloadDirect")).hasSize(parts);
    assertThat(requests("download")).isEmpty();
  }

  @Test
  void what_is_here_is_not_fetched_again() throws Exception {
    archive(3, 300_000).download();

    DownloadedArchive again = download();

    assertThat(again.readable()).isTrue();
    assertThat(requests("downloadDirect")).hasSize(3);
  }

  @Test
  void what_is_here_and_has_changed_since_is_not_called_good() throws Exception {
    DownloadedArchive pulled = archive(1, 300_000).download();
    Path file = target.resolve(pulled.files().get(0).name());
    byte[] bytes = Files.readAllBytes(file);
    bytes[299_000]++; // in an entry that is stored: the walk does not see it
    Files.write(file, bytes);

    assertThat(failure().getMessage()).contains(file + " has changed since it was fetched");
    assertThat(Files.readAllLines(target.resolve("SHA256SUMS")).get(1))
        .startsWith(pulled.files().get(0).sha256());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void broken_at_every_tenth_it_goes_on_from_the_byte_where_it_stopped(int tenth) throws Exception {
    long size = 5_300_007;
    shop.fault(Fault.downloadCutAt(size * tenth / 10));

    DownloadedArchive pulled = archive(1, size).download();

    assertThat(pulled.readable()).isTrue();
    assertThat(pulled.size()).isEqualTo(size);
    long first = size * tenth / 10 / MEBIBYTE + 1;
    long pieces = requests("download").size();
    // what the client had in its hands when the connection went may be less than what was sent
    assertThat(pieces).isBetween(tenth == 10 ? 0 : 7 - first, 6L);
    assertThat(requests("downloadDirect")).hasSize(1);
  }

  @Test
  void pieces_that_break_off_are_asked_for_again() throws Exception {
    shop.fault(Fault.on("downloadDirect").page(500, "Internal Server Error"))
        .fault(Fault.on("download").nth(2).times(3).reset())
        .fault(Fault.on("download").nth(6).truncate())
        .fault(Fault.on("download").nth(7).html503(0));

    DownloadedArchive pulled = archive(1, 4L * MEBIBYTE).download();

    assertThat(pulled.readable()).isTrue();
    assertThat(requests("download")).hasSize(9);
  }

  @Test
  void where_nothing_comes_any_more_it_ends_and_keeps_what_is_here() throws Exception {
    shop.fault(Fault.downloadCutAt(2_000_000)).fault(Fault.on("download").always().reset());
    archive(1, 4L * MEBIBYTE);

    assertThat(failure().kind().word()).isEqualTo("unreachable");
    nothingThatLooksWhole();
    int asked = requests("download").size();
    assertThat(asked).isBetween(7, 9);

    shop.clearFaults();
    assertThat(download().readable()).isTrue();
    assertThat(requests("downloadDirect")).hasSize(1);
    assertThat(requests("download").size() - asked).isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 70_000, -1, -70_000})
  void a_file_of_another_size_than_the_site_lists_is_broken(long more) throws Exception {
    shop.fault(Fault.downloadResizedBy(more));
    if (more < 0) {
      shop.fault(Fault.on("download").always().jsonRewrite(json -> json.put("data", "")));
    }
    archive(1, 2L * MEBIBYTE);

    AkeebaException failure = failure();

    assertThat(failure.kind().word()).isEqualTo("verification");
    assertThat(failure.getMessage()).contains(more > 0 ? "is longer than" : "ends after");
    nothingThatLooksWhole();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json         | {\"status\":200,\"data\":\"nothing\"}",
        "text/html                | <html><title>Our shop</title></html>",
        "application/octet-stream | <!DOCTYPE html><title>Our shop</title>",
        "application/octet-stream | {\"status\":503,\"data\":\"Access denied\"}",
      })
  void a_page_or_an_error_in_a_files_place_is_never_written(String type, String body)
      throws Exception {
    shop.fault(Fault.on("downloadDirect").always().answer(200, type, body));
    shop.fault(Fault.on("download").always().answer(200, type, body));
    archive(1, 2L * MEBIBYTE);

    assertThat(failure().getMessage()).isNotBlank();
    assertThat(files()).filteredOn(name -> !name.equals("SHA256SUMS")).isEmpty();
  }

  @Test
  void where_one_call_is_not_offered_the_pieces_are_taken() throws Exception {
    shop.fault(
        Fault.on("downloadDirect")
            .always()
            .answer(200, "application/json", "{\"status\":405,\"data\":\"Invalid method\"}"));

    assertThat(archive(2, 3L * MEBIBYTE).download().readable()).isTrue();
    assertThat(requests("download")).hasSize(4);
  }

  @Test
  void a_redirect_to_a_foreign_host_is_refused() throws Exception {
    shop.fault(Fault.on("downloadDirect").redirect(302, "http://elsewhere.example/site.jpa"));
    archive(1, 65_536);

    assertThat(failure().getMessage()).contains("must not reach another site");
    nothingThatLooksWhole();
  }

  private void record(UnaryOperator<ObjectNode> change) {
    shop.fault(
        Fault.on("getBackupInfo")
            .always()
            .jsonRewrite(
                json -> {
                  json.set("data", change.apply((ObjectNode) json.get("data")));
                  return json;
                }));
  }

  @Test
  void swapped_parts_are_no_archive() throws Exception {
    record(
        data -> {
          ArrayNode files = (ArrayNode) data.get("filenames");
          ((ObjectNode) files.get(1)).put("part", 3);
          ((ObjectNode) files.get(2)).put("part", 2);
          return data;
        });
    archive(3, 3L * MEBIBYTE);

    AkeebaException failure = failure();

    assertThat(failure.kind().word()).isEqualTo("verification");
    assertThat(failure.getMessage()).contains("in a wrong order", ".j01 is said to be part 3");
    nothingThatLooksWhole();
  }

  @Test
  void a_broken_archive_is_told_and_leaves_nothing_behind() throws Exception {
    record(
        data -> {
          ((ArrayNode) data.get("filenames")).remove(2);
          return data;
        });
    archive(3, 300_000);

    AkeebaException failure = failure();

    assertThat(failure.kind().word()).isEqualTo("verification");
    assertThat(failure.getMessage())
        .contains("it consists of 3 files, not of 2", "Do not rely on this backup");
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../evil.jpa",
        "/etc/evil.jpa",
        "..\\..\\evil.jpa",
        "C:\\evil.jpa",
        "a/b/evil.jpa",
        ".evil.jpa",
        "evil\u0000.jpa",
        "evil\n.jpa",
        "con.jpa",
        "${exchangeId}.jpa",
        "{{env:HOME}}.jpa",
        "SHA256SUMS",
      })
  void no_name_leads_out_of_the_folder(String name) throws Exception {
    record(
        data -> {
          ((ObjectNode) data.get("filenames").get(0)).set("name", TextNode.valueOf(name));
          return data;
        });

    DownloadedArchive pulled = archive(1, 65_536).download();

    assertThat(files()).hasSize(2).contains(pulled.files().get(0).name(), "SHA256SUMS");
    assertThat(pulled.files().get(0).name()).matches("[A-Za-z0-9._ -]+").doesNotStartWith(".");
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(file -> file.toString().contains("evil")))
          .allMatch(file -> file.startsWith(target));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "/", "a.part"})
  void a_name_of_nothing_is_refused(String name) throws Exception {
    record(
        data -> {
          ((ObjectNode) data.get("filenames").get(0)).put("name", name);
          return data;
        });
    archive(1, 65_536);

    assertThat(failure().getMessage()).contains("without a usable name");
  }

  @Test
  void two_files_of_one_name_are_refused() throws Exception {
    record(
        data -> {
          data.get("filenames").forEach(file -> ((ObjectNode) file).put("name", "x.jpa"));
          return data;
        });
    archive(2, 65_536);

    assertThat(failure().getMessage()).contains("two files of its archive with the name x.jpa");
  }

  @Test
  void a_file_of_somebody_else_is_left_alone() throws Exception {
    archive(1, 65_536).download();
    String name = files().stream().filter(file -> file.endsWith(".jpa")).findFirst().orElseThrow();
    Files.writeString(target.resolve(name), "something else");

    assertThat(failure().getMessage()).contains(name + " is there already");
    assertThat(target.resolve(name)).hasContent("something else");
  }

  @Test
  void a_link_in_the_way_is_not_followed() throws Exception {
    archive(1, 65_536).download();
    String name = files().stream().filter(file -> file.endsWith(".jpa")).findFirst().orElseThrow();
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Files.delete(target.resolve(name));
    Files.createSymbolicLink(target.resolve(name), precious);

    assertThat(failure().getMessage()).contains("is there already");
    Files.delete(target.resolve(name));
    String backupid = shop.records().get(0).get("backupid").asText();
    Files.createSymbolicLink(target.resolve(name + "." + backupid + ".part"), precious);
    assertThat(failure().getMessage()).contains("can't be written");
    assertThat(precious).hasContent("precious");
  }

  @Test
  void a_folder_that_cannot_be_written_is_told_as_that() throws Exception {
    archive(1, 65_536);
    Files.createDirectories(target.getParent());
    Files.writeString(target, "a file where the folder should be");

    AkeebaException failure = failure();

    assertThat(failure.kind().word()).isEqualTo("configuration");
    assertThat(failure.getMessage()).contains(target.toString(), "can't be written");
    assertThat(requests("downloadDirect")).isEmpty();
  }

  @Test
  void an_archive_that_has_no_room_is_not_begun() throws Exception {
    record(
        data -> {
          ((ObjectNode) data.get("filenames").get(0)).put("size", Long.MAX_VALUE / 4);
          return data;
        });
    archive(1, 65_536);

    assertThat(failure().getMessage()).contains("no room in " + target);
    assertThat(requests("downloadDirect")).isEmpty();
  }

  @Test
  void another_process_at_the_same_archive_is_waited_for_by_nobody() throws Exception {
    archive(1, 65_536);
    Files.createDirectories(target);
    String backupid = shop.records().get(0).get("backupid").asText();
    Path lock = target.resolve("." + backupid + ".lock");
    try (FileChannel other =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(failure().getMessage()).contains("being downloaded into", "already");
    }
    assertThat(download().readable()).isTrue();
  }

  @Test
  void files_that_are_gone_or_elsewhere_are_told_as_that() throws Exception {
    archive(1, 65_536);
    record(data -> (ObjectNode) data.set("filenames", data.arrayNode()));
    assertThat(failure().getMessage()).contains("no files of record " + record + " any more");
    shop.clearFaults();
    record(
        data ->
            ((ObjectNode) data.set("filenames", data.arrayNode()))
                .put("remote_filename", "s3/x.jpa"));
    assertThat(failure().getMessage()).contains("not on the site", "remote storage");
    shop.clearFaults();
    record(data -> data.put("status", "fail"));
    assertThat(failure().getMessage()).contains("status 'fail'");
  }

  @Test
  void a_file_of_0_bytes_is_broken() throws Exception {
    record(
        data -> {
          ((ObjectNode) data.get("filenames").get(0)).put("size", 0);
          return data;
        });
    archive(1, 65_536);

    assertThat(failure().getMessage()).contains("with 0 bytes");
    nothingThatLooksWhole();
  }

  @Test
  void no_more_files_at_once_than_a_host_may_give() throws Exception {
    java.util.concurrent.atomic.AtomicInteger now = new java.util.concurrent.atomic.AtomicInteger();
    java.util.concurrent.atomic.AtomicInteger most =
        new java.util.concurrent.atomic.AtomicInteger();
    shop.fault(
        Fault.on("downloadDirect")
            .always()
            .inside(() -> {})
            .delayAnswer(java.time.Duration.ofMillis(150)));
    archive(9, 9_000_000);
    Thread watch =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                now.set(
                    (int)
                        requests("downloadDirect").stream()
                            .filter(request -> request.status() == 0)
                            .count());
                most.accumulateAndGet(now.get(), Math::max);
              }
            });
    watch.start();

    assertThat(download().readable()).isTrue();

    watch.interrupt();
    assertThat(most.get()).isEqualTo(3);
  }
}
