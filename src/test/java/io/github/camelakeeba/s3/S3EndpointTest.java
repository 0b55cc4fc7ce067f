package io.github.camelakeeba.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.ArchiveHeaders;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.secret.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Against a server that checks signatures; each test has a folder of the bucket of its own. */
@Tag("s3")
@Tag("fault")
class S3EndpointTest {
  private static final String KEYS =
      "accessKey=" + S3Server.ACCESS_KEY + "&secretKey=RAW(" + S3Server.SECRET_KEY + ")";
  private static final int MIB = 1024 * 1024;
  private static final String PART = "PUT .*partNumber=.*";

  @TempDir static Path place;
  private static S3Server server;

  @TempDir Path folder;
  private final CamelContext camel = new DefaultCamelContext();
  private ProducerTemplate producer;
  private ConsumerTemplate consumer;
  private S3Front front;
  private String prefix;

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start(place);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void start() throws Exception {
    camel.start();
    producer = camel.createProducerTemplate();
    consumer = camel.createConsumerTemplate();
    front = new S3Front(URI.create("http://" + server.address()));
    prefix = folder.getFileName().toString().replaceAll("[^a-z0-9]", "");
  }

  @AfterEach
  void stop() throws Exception {
    camel.stop();
    front.close();
  }

  private String uri(String keys, String... more) {
    return "s3://vault/%s?endpoint=http://%s&%s%s"
        .formatted(
            prefix, front.address(), keys, more.length == 0 ? "" : "&" + String.join("&", more));
  }

  private Path file(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(folder.resolve(name), bytes);
  }

  private Map<String, Object> options() {
    return new HashMap<>(
        Map.of(
            "endpoint",
            "http://" + front.address(),
            "accessKey",
            S3Server.ACCESS_KEY,
            "secretKey",
            S3Server.SECRET_KEY));
  }

  /** Null when it was accepted. */
  private AkeebaException send(String uri, Path file, String backupid) throws IOException {
    Map<String, Object> headers =
        Map.of(
            Exchange.FILE_NAME,
            file.getFileName().toString(),
            ArchiveHeaders.BACKUPID,
            backupid,
            ArchiveHeaders.SHA256,
            Sha256.hex(Files.readAllBytes(file)));
    return known(catchThrowable(() -> producer.sendBodyAndHeaders(uri, file.toFile(), headers)));
  }

  private static AkeebaException known(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof AkeebaException known) {
        assertThat(known.getMessage()).doesNotContain(S3Server.SECRET_KEY);
        return known;
      }
    }
    assertThat(thrown).isNull();
    return null;
  }

  private byte[] read(String name) throws IOException {
    Exchange exchange = consumer.receive(uri(KEYS, "fileName=" + name), 60_000);
    try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private List<String> keys() throws IOException {
    return server.keys().stream().filter(key -> key.startsWith(prefix + "/")).toList();
  }

  @Test
  void a_file_is_stored_under_its_name_and_read_back() throws Exception {
    Path file = file("a.jpa", 100_000);

    assertThat(send(uri(KEYS), file, "id-1")).isNull();

    assertThat(keys()).containsExactly(prefix + "/a.jpa");
    assertThat(read("a.jpa")).isEqualTo(Files.readAllBytes(file));
    assertThat(read("b.jpa")).isNull();
  }

  @Test
  void a_large_file_goes_in_parts_and_is_whole() throws Exception {
    Path file = file("a.jpa", 12 * MIB + 7);

    assertThat(send(uri(KEYS, "partSize=5"), file, "id-1")).isNull();

    assertThat(front.requests(PART)).hasSize(3);
    assertThat(read("a.jpa")).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void what_is_there_already_is_not_sent_again() throws Exception {
    Path file = file("a.jpa", 6 * MIB);
    assertThat(send(uri(KEYS, "partSize=5"), file, "id-1")).isNull();

    assertThat(send(uri(KEYS, "partSize=5"), file, "id-1")).isNull();

    assertThat(front.requests(PART)).hasSize(2);
  }

  @Test
  void keys_come_from_files_and_are_read_anew() throws Exception {
    Path access = Files.writeString(folder.resolve("access"), S3Server.ACCESS_KEY + "\n");
    Path secret = Files.writeString(folder.resolve("secret"), "not yet\n");
    String uri = uri("accessKeyFile=" + access + "&secretKeyFile=" + secret);
    assertThat(send(uri, file("a.jpa", 1000), "id-1").kind()).isEqualTo(ErrorKind.CONFIGURATION);

    Files.writeString(secret, S3Server.SECRET_KEY + "\n");
    assertThat(send(uri, file("a.jpa", 1000), "id-1")).isNull();

    Files.delete(secret);
    assertThat(send(uri, file("b.jpa", 1000), "id-1"))
        .hasMessageContaining("secret can't be read")
        .extracting(AkeebaException::kind)
        .isEqualTo(ErrorKind.CONFIGURATION);
  }

  @ParameterizedTest
  @CsvSource({
    "vault, backup-5f0c, wrong, SignatureDoesNotMatch",
    "vault, nobody, wrong, InvalidAccessKeyId",
    "elsewhere, backup-5f0c, RAW(s3/Vault+key=93c1e7aa), NoSuchBucket",
  })
  void who_may_not_come_in_is_told_what_to_change(
      String bucket, String access, String secret, String code) throws Exception {
    String uri = uri("accessKey=" + access + "&secretKey=" + secret).replace("vault", bucket);

    assertThat(send(uri, file("a.jpa", 1000), "id-1"))
        .hasMessageContaining(code)
        .extracting(AkeebaException::kind)
        .isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_server_that_asks_to_slow_down_is_asked_again() throws Exception {
    front.refuse("PUT .*", 2, 503, "SlowDown", "Please reduce your request rate.");

    assertThat(send(uri(KEYS), file("a.jpa", 1000), "id-1")).isNull();

    assertThat(front.requests("PUT .*")).hasSize(3);
  }

  @Test
  void one_that_goes_on_asking_for_it_may_accept_it_later() throws Exception {
    front.refuse("PUT .*", Integer.MAX_VALUE, 503, "SlowDown", "Please reduce your request rate.");

    assertThat(send(uri(KEYS), file("a.jpa", 1000), "id-1"))
        .hasMessage("Please reduce your request rate (SlowDown, HTTP 503)")
        .extracting(AkeebaException::kind)
        .isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(keys()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, Access Denied",
    "403, QuotaExceeded, The bucket has no room",
    "507, XMinioStorageFull, Storage backend has reached its minimum free drive threshold",
  })
  void a_full_bucket_or_a_missing_permission_must_be_changed_and_leaves_no_part(
      int status, String code, String message) throws Exception {
    front.refuse(".*partNumber=2.*", Integer.MAX_VALUE, status, code, message);

    assertThat(send(uri(KEYS, "partSize=5"), file("a.jpa", 6 * MIB), "id-1"))
        .hasMessageContaining(message)
        .extracting(AkeebaException::kind)
        .isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(front.requests("DELETE .*uploadId=.*")).hasSize(1);
    assertThat(keys()).isEmpty();
  }

  @Test
  void bytes_that_change_on_the_way_are_not_accepted() throws Exception {
    front.spoil(PART, 1);

    assertThat(send(uri(KEYS, "partSize=5"), file("a.jpa", 6 * MIB), "id-1")).isNotNull();

    assertThat(keys()).isEmpty();
  }

  @Test
  void an_object_with_another_checksum_than_the_files_is_deleted_and_not_called_good()
      throws Exception {
    front.rewrite(
        "HEAD .*",
        Integer.MAX_VALUE,
        head -> head.replaceFirst("\r\n\r\n", "\r\nx-amz-checksum-sha256: AAAA\r\n\r\n"));

    assertThat(send(uri(KEYS), file("a.jpa", 1000), "id-1"))
        .hasMessageContaining("has stored something else than it was sent")
        .extracting(AkeebaException::kind)
        .isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(keys()).isEmpty();
  }

  @Test
  void where_the_server_tells_no_checksum_the_object_is_read_back() throws Exception {
    front.rewrite(
        "HEAD .*",
        Integer.MAX_VALUE,
        head -> head.replaceFirst("(?i)\r\netag:[^\r]*", "\r\nETag: \"opaque\""));

    assertThat(send(uri(KEYS), file("a.jpa", 100_000), "id-1")).isNull();
    assertThat(front.requests("GET .*/a.jpa.*")).hasSize(1);

    Path other = file("b.jpa", 50_000);
    front.rewrite(
        "PUT .*b.jpa.*",
        1,
        head -> {
          try {
            byte[] stored = Files.readAllBytes(other);
            stored[77] ^= 1;
            Files.write(server.bucket().resolve(prefix + "/b.jpa"), stored);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          return head;
        });
    assertThat(send(uri(KEYS), other, "id-1"))
        .hasMessageContaining("has stored something else than it was sent");
    assertThat(keys()).containsExactly(prefix + "/a.jpa");
  }

  @Test
  void a_file_that_has_changed_here_since_it_was_downloaded_is_not_sent() throws Exception {
    Path file = file("a.jpa", 1000);
    Map<String, Object> headers =
        Map.of(Exchange.FILE_NAME, "a.jpa", ArchiveHeaders.SHA256, Sha256.hex("another"));

    AkeebaException why =
        known(catchThrowable(() -> producer.sendBodyAndHeaders(uri(KEYS), file.toFile(), headers)));

    assertThat(why.kind()).isEqualTo(ErrorKind.VERIFICATION);
    assertThat(front.requests()).isEmpty();
  }

  @Test
  void a_server_that_dies_in_mid_upload_has_no_half_object_and_the_rest_is_sent_later()
      throws Exception {
    Path file = file("a.jpa", 22 * MIB);
    front.hangUp(
        ".*partNumber=3.*",
        Integer.MAX_VALUE,
        () -> {
          try {
            server.kill();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });

    assertThat(send(uri(KEYS, "partSize=5"), file, "id-1").kind()).isEqualTo(ErrorKind.UNREACHABLE);
    front.clear();
    server.restart();
    assertThat(keys()).isEmpty();
    assertThat(read("a.jpa")).isNull();
    int before = front.requests(PART).size();

    assertThat(send(uri(KEYS, "partSize=5"), file, "id-1")).isNull();

    assertThat(front.requests(PART).subList(before, front.requests(PART).size()))
        .hasSize(3)
        .noneMatch(request -> request.matches(".*partNumber=[12](&.*|$)"));
    assertThat(read("a.jpa")).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void a_thread_that_is_interrupted_leaves_no_part() throws Exception {
    Path file = file("a.jpa", 22 * MIB);
    Thread sender =
        new Thread(
            () -> {
              try {
                send(uri(KEYS, "partSize=5"), file, "id-1");
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    front.rewrite(
        ".*partNumber=2.*",
        1,
        head -> {
          sender.interrupt();
          return head;
        });

    sender.start();
    sender.join(RunningProduct.PATIENCE.toMillis());

    await()
        .atMost(RunningProduct.PATIENCE)
        .untilAsserted(() -> assertThat(front.requests("DELETE .*uploadId=.*")).hasSize(1));
    assertThat(keys()).isEmpty();
    assertThat(front.requests(".*partNumber=5.*")).isEmpty();
  }

  @Test
  void an_object_of_somebody_else_is_neither_replaced_nor_deleted() throws Exception {
    try (S3Clients clients = new S3Clients()) {
      clients
          .of(S3Options.take("vault/" + prefix, options()).account())
          .putObject(
              put -> put.bucket("vault").key(prefix + "/a.jpa"), RequestBody.fromString("theirs"));
    }

    assertThat(send(uri(KEYS), file("a.jpa", 1000), "id-1"))
        .hasMessageContaining("which this program has not stored for this backup; it stays")
        .extracting(AkeebaException::kind)
        .isEqualTo(ErrorKind.CONFIGURATION);
    consumer.receive(uri(KEYS, "delete=true&backupid=id-1&fileName=a.jpa"), 60_000);

    assertThat(server.bucket().resolve(prefix + "/a.jpa")).hasContent("theirs");
  }

  @Test
  void only_the_file_of_the_very_backup_is_deleted() throws Exception {
    assertThat(send(uri(KEYS), file("a.jpa", 1000), "id-1")).isNull();
    assertThat(send(uri(KEYS), file("a.jpa.2", 1000), "id-1")).isNull();

    consumer.receive(uri(KEYS, "delete=true&backupid=id-2&fileName=a.jpa"), 60_000);
    assertThat(keys()).hasSize(2);
    assertThat(send(uri(KEYS), file("a.jpa", 1001), "id-2").kind())
        .isEqualTo(ErrorKind.CONFIGURATION);

    consumer.receive(uri(KEYS, "delete=true&backupid=id-1&fileName=a.jpa"), 60_000);
    assertThat(keys()).containsExactly(prefix + "/a.jpa.2");
    consumer.receive(uri(KEYS, "delete=true&backupid=id-1&fileName=a.jpa"), 60_000);
    assertThat(keys()).hasSize(1);
  }

  @Test
  void storage_class_and_encryption_are_asked_for() throws Exception {
    assertThat(
            send(
                uri(KEYS, "storageClass=STANDARD", "encryption=AES256"),
                file("a.jpa", 1000),
                "id-1"))
        .isNull();
  }
}
