package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.QuickTimings;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who stays long takes nothing from who comes meanwhile. */
@Tag("slow")
class PatientCallersTest {
  /** Of a stream: the connection itself is kept for another call. */
  private static final String END = "\r\n0\r\n\r\n";

  private static final String WISH = "{\"site\":\"shop\",\"id\":\"deploy-1.4\"}";

  @TempDir Path folder;
  private final CountDownLatch release = new CountDownLatch(1);
  private RunningProduct product;
  private ApiClient api;
  private URI address;
  private String run;

  @BeforeEach
  void start() throws Exception {
    product =
        new RunningProduct(folder)
            .durable()
            .timings(QuickTimings.QUICK.with(Map.of("requestTimeout", 2_500L)));
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(4);
    shop.fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    product.site("shop", shop.url()).api().property("backup.api.rate = 0").start();
    api = new ApiClient(product);
    address = product.service().apiAddress();
    run = api.post("/api/backups", WISH).json().path("id").asText();
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() == 1);
  }

  @AfterEach
  void close() throws Exception {
    release.countDown();
    product.close();
  }

  private List<CompletableFuture<HttpResponse<String>>> waiting(int callers) {
    HttpClient http = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      answers.add(
          http.sendAsync(
              api.request("/api/backups?wait=2m").POST(BodyPublishers.ofString(WISH)).build(),
              BodyHandlers.ofString()));
    }
    return answers;
  }

  private static long done(List<CompletableFuture<HttpResponse<String>>> answers) {
    return answers.stream().filter(CompletableFuture::isDone).count();
  }

  @Test
  void of_200_who_wait_100_are_answered_at_once_and_health_is_not_in_their_way() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = waiting(200);
    await().atMost(RunningProduct.PATIENCE).until(() -> done(answers) == 100);

    Instant asked = Instant.now();
    assertThat(api.send(api.bare("/observe/health")).status()).isEqualTo(200);
    assertThat(api.get("/api/sites").status()).isEqualTo(200);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(product.database().dataSource().getHikariPoolMXBean().getTotalConnections())
        .isLessThanOrEqualTo(10);
    assertThat(done(answers)).isEqualTo(100);

    release.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.join().statusCode()).isIn(200, 202);
    }
    assertThat(answers.stream().filter(one -> one.join().statusCode() == 200)).hasSize(100);
    assertThat(waiting(100)).allMatch(one -> one.join().statusCode() == 200);
  }

  @Test
  void an_ordered_stop_answers_who_waits_and_ends_the_streams() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = waiting(20);
    RawCall follower = follow();
    follower.until("event: progress");
    await().during(Duration.ofMillis(500)).until(() -> done(answers) == 0);

    Instant stopped = Instant.now();
    CompletableFuture<Void> stop =
        CompletableFuture.runAsync(
            () -> {
              try {
                product.stop();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.join().statusCode()).isEqualTo(202);
      assertThat(answer.join().body()).contains(run).contains("\"outcome\":null");
    }
    assertThat(follower.rest()).endsWith("0\r\n\r\n").doesNotContain("outcome\nid");
    assertThat(Duration.between(stopped, Instant.now())).isLessThan(Duration.ofSeconds(3));
    release.countDown();
    stop.join();
    product.start();
    assertThat(product.outcome(run).data().state()).isEqualTo("completed");
  }

  private RawCall follow() throws Exception {
    return new RawCall(address)
        .write(
            "GET /api/runs/%s/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(run, ApiClient.TOKEN));
  }

  @Test
  void a_slow_sender_is_cut_and_a_follower_who_goes_away_makes_room() throws Exception {
    List<RawCall> followers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      followers.add(follow());
    }
    Instant begun = Instant.now();
    for (RawCall follower : followers) {
      assertThat(follower.until("\"outcome\":null")).startsWith("HTTP/1.1 200");
    }
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
    ApiClient.Answer refused = api.get("/api/runs/" + run + "/events");
    assertThat(refused.status()).isEqualTo(503);
    problem(refused, "50 streams are open already");
    assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();

    followers.get(0).close();
    try (RawCall head = new RawCall(address);
        RawCall body = new RawCall(address)) {
      head.write("GET /api/sites HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      body.write(
          "POST /api/backups HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 5000\r\n\r\n"
              .formatted(ApiClient.TOKEN));
      Instant slow = Instant.now();
      CompletableFuture<Duration> headCut = trickle(head, slow);
      CompletableFuture<Duration> bodyCut = trickle(body, slow);
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(
              () -> {
                assertThat(api.get("/api/sites").status()).isEqualTo(200);
                return headCut.isDone() && bodyCut.isDone();
              });
      assertThat(headCut.join()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
      assertThat(bodyCut.join()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
    }
    RawCall next =
        await()
            .atMost(RunningProduct.PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(this::follow, PatientCallersTest::served);
    release.countDown();
    for (RawCall follower : followers.subList(1, 50)) {
      assertThat(follower.until(END)).contains("event: outcome");
    }
    assertThat(next.until(END)).contains("event: outcome");
  }

  private static boolean served(RawCall call) {
    try {
      return call.until("\r\n").startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a byte now and then until it can't any more. */
  private static CompletableFuture<Duration> trickle(RawCall call, Instant since) {
    return CompletableFuture.supplyAsync(
        () -> {
          await()
              .atMost(RunningProduct.PATIENCE)
              .pollInterval(Duration.ofMillis(300))
              .until(
                  () -> {
                    try {
                      call.write("a");
                      return false;
                    } catch (IOException e) {
                      return true;
                    }
                  });
          return Duration.between(since, Instant.now());
        });
  }
}
