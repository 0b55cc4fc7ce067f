package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.ApiEndpoint.Version;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer or a file that has no end, or is larger than any, ends where it is bound to. */
@Tag("slow")
@Tag("fault")
class EndlessAnswersTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final byte[] BLANKS = new byte[65_536];

  /** What the buffers of the system swallow on the way, generously. */
  private static final long BUFFERS = 24L * MEBIBYTE;

  @TempDir static Path folder;
  private static final String[] NAMES = {"shop", "files", "slow"};
  private static final ScriptedFront[] FRONTS = new ScriptedFront[NAMES.length];
  private static final SimulatedSite[] SITES = new SimulatedSite[NAMES.length];
  private static RunningProduct product;

  @BeforeAll
  static void open() throws Exception {
    Arrays.fill(BLANKS, (byte) ' ');
    product = new RunningProduct(folder).yaml("limits: {perHost: 50}\n");
    for (int i = 0; i < NAMES.length; i++) {
      SITES[i] = product.server().joomla(NAMES[i]).secret(RunningProduct.SECRET).steps(3);
      SITES[i].size(3 * MEBIBYTE);
      FRONTS[i] = new ScriptedFront(SITES[i].url());
    }
    product
        .site("shop", FRONTS[0].url(), "deadAfter: 1s", "stepTimeout: 30s")
        .site("files", FRONTS[1].url(), "download: {to: files}", "stepTimeout: 30s")
        .site(
            "slow", FRONTS[2].url(), "download: {to: slow}", "stepTimeout: 60s", "maxDuration: 4s")
        .start();
  }

  @AfterAll
  static void close() throws IOException {
    product.close();
    for (ScriptedFront front : FRONTS) {
      front.close();
    }
  }

  private final SimulatedSite site = SITES[0];
  private final ScriptedFront front = FRONTS[0];

  /** A lost answer, and nothing else. */
  private void isLost() {
    Event.Data told = product.backup("shop").data();
    assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
    assertThat(told.recoveries()).isEqualTo(1);
    assertThat(site.archiveBroken(told.recordId())).isFalse();
  }

  @Test
  void an_answer_whose_length_is_endless_is_not_read_at_all() throws Exception {
    long before = front.sent("stepBackup");
    front.once("stepBackup", out -> endless(out, "Content-Length: 1000000000000000", BLANKS));
    isLost();
    assertThat(front.hungUpWithin(5)).isTrue();
    assertThat(front.sent("stepBackup") - before).isLessThan(BUFFERS);
  }

  @Test
  void an_answer_without_a_length_is_cut_at_16_MiB_and_its_connection_is_closed() throws Exception {
    long before = front.sent("stepBackup");
    front.once("stepBackup", out -> endless(out, "Connection: close", BLANKS));
    isLost();
    assertThat(front.hungUpWithin(5)).isTrue();
    assertThat(front.sent("stepBackup") - before).isLessThan(16L * MEBIBYTE + BUFFERS);
  }

  @Test
  void what_follows_a_compressed_answer_for_ever_is_cut_too() throws Exception {
    byte[] answer = gzip("no answer".getBytes(StandardCharsets.UTF_8));
    front.once(
        "stepBackup",
        out -> {
          head(out, "Content-Encoding: gzip\r\nConnection: close");
          out.write(answer);
          for (; ; ) {
            out.write(BLANKS);
          }
        });
    isLost();
    assertThat(front.hungUpWithin(5)).isTrue();
  }

  @Test
  void a_few_kilobytes_that_inflate_to_a_gigabyte_are_cut_at_16_MiB() throws Exception {
    byte[] bomb = gzip(new byte[64 * MEBIBYTE]);
    front.once(
        "stepBackup",
        out -> {
          head(out, "Content-Encoding: gzip\r\nContent-Length: " + bomb.length);
          out.write(bomb);
        });
    isLost();
  }

  @Test
  void a_header_without_an_end_is_cut() throws Exception {
    front.once(
        "stepBackup",
        out -> {
          out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.ISO_8859_1));
          for (; ; ) {
            out.write("a".repeat(8192).getBytes(StandardCharsets.ISO_8859_1));
          }
        });
    isLost();
    assertThat(front.hungUpWithin(5)).isTrue();
  }

  @Test
  void an_answer_that_becomes_a_hundred_million_bytes_in_memory_is_a_lost_one() {
    byte[] lists = ("{\"status\":200,\"data\":[" + "[],".repeat(5_000_000) + "[]]}").getBytes();
    front.once("stepBackup", out -> answer(out, lists));
    isLost();
    byte[] nested = ("{\"status\":200,\"data\":" + "{\"a\":1},".repeat(20_000) + "1}").getBytes();
    front.once("stepBackup", out -> answer(out, nested));
    isLost();
  }

  @Test
  void a_long_answer_with_noise_around_it_is_read() {
    String noise = "<b>Notice</b>: Undefined index on line <b>3</b>\n".repeat(20_000);
    site.fault(Fault.on("stepBackup").nth(2).junkBefore(noise));
    Event.Data told = product.backup("shop").data();
    assertThat(told.state()).isEqualTo("completed");
    assertThat(told.recoveries()).isZero();
  }

  @Test
  void of_an_archive_s_beginning_64_KiB_are_read() throws Exception {
    Event.Data told = product.backup("shop").data();
    assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
    byte[] whole = ask(false, told.recordId());
    byte[] beginning = ask(true, told.recordId());
    assertThat(beginning).hasSizeBetween(65_536, 65_540);
    assertThat(Arrays.copyOf(whole, beginning.length)).isEqualTo(beginning);
    assertThat(Base64.getEncoder().encodeToString(beginning)).startsWith("SlBB"); // JPA
  }

  private byte[] ask(boolean brief, long record) {
    Site shop = product.service().configuration().sites().get("shop");
    ApiQuery question =
        new ApiQuery(
            shop,
            RequestBody.download(record, 1, 1),
            new ApiEndpoint(
                shop.url(), io.github.camelakeeba.config.AkeebaProduct.JOOMLA, Version.V2),
            null,
            null,
            brief);
    return product
        .service()
        .context()
        .createProducerTemplate()
        .requestBody("direct:akeeba-send", question, ArchiveSegment.class)
        .bytes();
  }

  @Test
  void a_file_that_goes_on_behind_its_end_is_broken_at_once() throws Exception {
    ScriptedFront files = FRONTS[1];
    Instant begin = Instant.now();
    files.once(
        "downloadDirect",
        out -> {
          fileHead(out);
          out.write("JPA".getBytes(StandardCharsets.ISO_8859_1));
          for (; ; ) {
            out.write(new byte[65_536]);
          }
        });
    Event.Data told = product.backup("files").data();
    assertThat(told.error().kind()).isEqualTo("verification");
    assertThat(told.error().message()).contains("is longer than the");
    assertThat(files.hungUpWithin(5)).isTrue();
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(parts("files")).isEmpty();
  }

  @Test
  void maxDuration_ends_a_file_that_trickles() throws Exception {
    ScriptedFront slow = FRONTS[2];
    CountDownLatch never = new CountDownLatch(1);
    slow.once(
        "downloadDirect",
        out -> {
          fileHead(out);
          for (byte next : "JPA and so on".repeat(1000).getBytes(StandardCharsets.ISO_8859_1)) {
            out.write(next);
            out.flush();
            never.await(200, TimeUnit.MILLISECONDS);
          }
        });
    endsInTime();
    assertThat(slow.hungUpWithin(5)).isTrue();
    assertThat(parts("slow")).isEmpty();
  }

  @Test
  void maxDuration_ends_a_file_of_which_nothing_comes() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    FRONTS[2].once(
        "downloadDirect",
        out -> {
          fileHead(out);
          out.flush();
          never.await(60, TimeUnit.SECONDS);
        });
    endsInTime();
  }

  @Test
  void maxDuration_ends_a_step_that_is_not_answered() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    FRONTS[2].once("stepBackup", out -> never.await(60, TimeUnit.SECONDS));
    endsInTime();
  }

  private static void endsInTime() {
    Event.Data told = product.backup("slow").data();
    assertThat(told.error().kind()).as(told.error().message()).isEqualTo("timeout");
    assertThat(told.error().message()).contains("within 4s (maxDuration)");
    assertThat(Duration.ofMillis(told.durationMs()))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(20));
  }

  private static String[] parts(String name) throws IOException {
    try (var files = Files.list(folder.resolve(name))) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".part"))
          .toArray(String[]::new);
    }
  }

  private static void fileHead(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void head(OutputStream out, String header) throws IOException {
    out.write(
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void answer(OutputStream out, byte[] body) throws IOException {
    head(out, "Content-Length: " + body.length);
    out.write(body);
  }

  private static void endless(OutputStream out, String header, byte[] piece) throws IOException {
    head(out, header);
    for (; ; ) {
      out.write(piece);
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
