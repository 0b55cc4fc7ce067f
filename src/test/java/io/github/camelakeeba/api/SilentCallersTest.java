package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.QuickTimings;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.signature.StandardWebhooksSignature;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sends nothing, or proves nothing, keeps nobody out. */
@Tag("slow")
@Tag("fault")
class SilentCallersTest {
  private static final Secret SECRET = new Secret("Silent-Secret-4pQ8x");

  /** Held up by a silent caller an answer took 27 s. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Socket> sockets = new ArrayList<>();
  private RunningProduct product;
  private SimulatedSite shop;
  private URI address;

  @BeforeEach
  void configure() {
    product =
        new RunningProduct(folder)
            .api()
            .timings(
                QuickTimings.QUICK.with(Map.of("requestTimeout", 2_000L, "idleTimeout", 4_000L)));
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
    product
        .site("shop", shop.url())
        .yaml(
            """
            triggers:
              - {name: deploy, from: "servlet:/hooks/deploy", site: shop, secret: %s, signature: standard}
            """
                .formatted(SECRET.reveal()));
  }

  private void start(String... properties) throws Exception {
    for (String property : properties) {
      product.property(property);
    }
    product.start();
    address = product.service().apiAddress();
  }

  @AfterEach
  void close() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    product.close();
  }

  private void connect(int count, String text) throws IOException {
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(address.getHost(), address.getPort());
      sockets.add(socket);
      socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static boolean cut(Socket socket) {
    try {
      socket.setSoTimeout(60_000);
      int read = 0;
      while (read >= 0) {
        read = socket.getInputStream().read();
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private int call(HttpRequest.Builder request) throws Exception {
    return http.send(request.timeout(AT_ONCE).build(), BodyHandlers.ofString()).statusCode();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(address.resolve(path));
  }

  private HttpRequest.Builder withToken(String path) {
    return to(path).header("Authorization", "Bearer " + RunningProduct.TOKEN);
  }

  private HttpRequest.Builder proved(String id, String body) {
    HttpRequest.Builder request = to("/hooks/deploy").POST(BodyPublishers.ofString(body));
    StandardWebhooksSignature.sign(
            List.of(SECRET), id, Instant.now(), body.getBytes(StandardCharsets.UTF_8))
        .forEach(request::header);
    return request;
  }

  private void everybodyElseIsAnswered() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(call(to("/observe/health"))).isEqualTo(200);
      assertThat(call(withToken("/api/sites"))).isEqualTo(200);
      assertThat(call(proved("m-" + i, "shop"))).isEqualTo(202);
    }
  }

  @Test
  void bodies_that_do_not_come_hold_up_nobody_and_are_cut_but_who_waits_is_not() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    start();
    CompletableFuture<HttpResponse<String>> waiting =
        http.sendAsync(
            withToken("/api/backups?wait=2m").POST(BodyPublishers.ofString("shop")).build(),
            BodyHandlers.ofString());
    connect(300, "POST /hooks/deploy HTTP/1.1\nHost: x\nContent-Length: 100\n\nsh");
    everybodyElseIsAnswered();
    assertThat(sockets).allMatch(SilentCallersTest::cut); // after idleTimeout
    release.countDown();
    assertThat(waiting.join().statusCode()).isEqualTo(200);
  }

  @Test
  void idle_connections_make_room_for_a_new_caller() throws Exception {
    start();
    connect(1_051, "");
    everybodyElseIsAnswered();
    connect(300, "POST /api/backups HTTP/1.1\nHost: x\nContent-Length: 9\n\n");
    everybodyElseIsAnswered();
    assertThat(sockets).allMatch(SilentCallersTest::cut);
  }

  @Test
  void callers_that_prove_nothing_use_up_nothing_of_those_that_do() throws Exception {
    start("backup.api.rate = 20");
    int last = 0;
    for (int i = 0; i < 500 && last != 429; i++) {
      last = call(to("/hooks/deploy").POST(BodyPublishers.ofString("shop")));
      assertThat(last).isIn(401, 429);
    }
    assertThat(last).isEqualTo(429);
    assertThat(call(to("/hooks/deploy").POST(BodyPublishers.ofString("shop")))).isEqualTo(429);
    assertThat(call(withToken("/api/sites"))).isEqualTo(200);
    assertThat(call(proved("m-1", "shop"))).isEqualTo(202);
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> call(to("/hooks/deploy").POST(BodyPublishers.ofString("shop"))) == 401);
  }

  @Test
  void a_compressed_body_is_refused_before_it_is_inflated() throws Exception {
    start();
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(new byte[40_000_000]);
    }
    byte[] bomb = zipped.toByteArray();
    assertThat(bomb).hasSizeLessThan(64 * 1024);
    for (String coding :
        new String[] {"gzip", "GZIP", "x-gzip", "deflate", "br", "identity, gzip"}) {
      for (HttpRequest.Builder request : List.of(to("/hooks/deploy"), withToken("/api/backups"))) {
        assertThat(
                call(
                    request
                        .header("Content-Encoding", coding)
                        .POST(BodyPublishers.ofByteArray(bomb))))
            .as(coding)
            .isEqualTo(415);
      }
    }
  }
}
