package io.github.camelakeeba.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every scripted fault does to the client, and to the archive, what the real one does. */
class FaultTest {
  private final SimulatedServer server = SimulatedServer.start();
  private final SimulatedSite shop = server.joomla("shop");
  private final TestClient client = new TestClient(true);

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void a_reset_before_the_site_leaves_the_step_to_be_done() throws Exception {
    shop.fault(Fault.on("stepBackup").nth(2).reset());
    JsonNode answer = client.call(shop, "startBackup").data();
    client.step(shop, answer);
    assertThatThrownBy(() -> client.step(shop, answer)).isInstanceOf(SocketException.class);
    assertThat(client.step(shop, answer).data().get("stepNumber").asInt()).isEqualTo(4);
    assertThat(shop.requests("stepBackup")).hasSize(3);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void a_close_without_an_answer_is_told_from_a_reset() throws Exception {
    shop.fault(Fault.onAny().closeWithoutAnswer());
    assertThatThrownBy(() -> client.call(shop, "getVersion"))
        .isInstanceOf(NoHttpResponseException.class);
  }

  @Test
  void a_lost_answer_is_of_a_step_that_was_done() throws Exception {
    shop.fault(Fault.on("stepBackup").nth(2).answerLost());
    JsonNode answer = client.call(shop, "startBackup").data();
    client.step(shop, answer);
    assertThatThrownBy(() -> client.step(shop, answer)).isInstanceOf(IOException.class);
    assertThat(client.step(shop, answer).data().get("stepNumber").asInt()).isEqualTo(5);
    assertThat(shop.archiveBroken(1)).isFalse();
  }

  @Test
  void half_an_answer_ends_before_its_length() throws Exception {
    shop.fault(Fault.on("getVersion").truncate()).fault(Fault.on("getProfiles").truncateChunks());
    assertThatThrownBy(() -> client.call(shop, "getVersion")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client.call(shop, "getProfiles")).isInstanceOf(IOException.class);
    assertThat(client.call(shop, "getVersion").status()).isEqualTo(200);
  }

  @Test
  void gateways_answer_in_place_of_the_site() throws Exception {
    shop.fault(Fault.on("startBackup").times(2).html503());
    assertThat(client.call(shop, "startBackup").status()).isEqualTo(503);
    assertThat(client.call(shop, "startBackup").contentType()).startsWith("text/html");
    assertThat(shop.records()).isEmpty();
    shop.fault(Fault.on("startBackup").status429(7));
    TestClient.Got tooMany = client.call(shop, "startBackup");
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.headers()).containsEntry("Retry-After", "7");
    shop.fault(Fault.on("startBackup").html200()).fault(Fault.on("startBackup").emptyBody());
    assertThat(client.call(shop, "startBackup").text()).startsWith("<h1>Error establishing");
    shop.clearFaults().fault(Fault.on("startBackup").emptyBody());
    assertThat(client.call(shop, "startBackup").body()).isEmpty();
    shop.fault(Fault.on("getVersion").redirect(301, "https://other.example/"));
    assertThat(client.call(shop, "getVersion").headers()).containsKey("Location");
    shop.fault(Fault.on("getVersion").answer(500, "text/plain", "oh"));
    assertThat(client.call(shop, "getVersion").text()).isEqualTo("oh");
  }

  @Test
  void noise_and_rewritten_members_come_with_the_real_answer() throws Exception {
    shop.fault(Fault.on("getVersion").junkBefore("<b>Notice</b>{} ").junkAfter("<!-- cached -->"));
    assertThat(client.call(shop, "getVersion").text())
        .startsWith("<b>Notice</b>{} {\"status\"")
        .endsWith("}<!-- cached -->");
    shop.fault(Fault.on("getVersion").jsonRewrite(json -> json.put("status", "200")));
    assertThat(client.call(shop, "getVersion").json().get("status").isTextual()).isTrue();
  }

  @Test
  void a_killed_worker_leaves_instep_at_1_and_a_repeated_dump_step_loses_rows() throws Exception {
    // of ten steps 3 and 4 are in the dump, 5 at its border, 6 in the packing
    for (int step : new int[] {3, 5}) {
      shop.fault(Fault.on("stepBackup").nth(step).workerKilled());
      assertThat(runThroughOneLoss()).isTrue();
    }
    assertThat(shop.damage(1)).singleElement().asString().startsWith("rows lost");
    assertThat(shop.damage(2)).singleElement().asString().startsWith("rows lost");
    shop.fault(Fault.on("stepBackup").nth(6).workerKilled());
    assertThat(runThroughOneLoss()).isTrue();
    assertThat(shop.damage(3)).isEmpty();
    shop.fault(Fault.on("stepBackup").nth(3).workerKilledBeforeSaving());
    assertThat(runThroughOneLoss()).isFalse();
    assertThat(shop.archiveBroken(4)).isTrue();
    assertThat(shop.violations()).isEmpty();
  }

  @Test
  void a_database_that_goes_away_leaves_the_words_of_mysqli_and_a_step_that_was_not_saved()
      throws Exception {
    shop.fault(Fault.on("stepBackup").nth(3).databaseGoesAway());
    JsonNode answer = client.call(shop, "startBackup").data();
    client.step(shop, answer);
    client.step(shop, answer);
    TestClient.Got lost = client.step(shop, answer);
    assertThat(lost.status()).isEqualTo(200);
    assertThat(lost.json().get("status").asInt()).isEqualTo(500);
    assertThat(lost.data().asText()).isEqualTo("mysqli object is already closed");
    assertThat(shop.records().get(0).get("status").asText()).isEqualTo("run");
    assertThat(shop.records().get(0).get("instep").asText()).isEqualTo("1");
    assertThat(client.step(shop, answer).data().get("stepNumber").asInt()).isEqualTo(5);
    assertThat(shop.damage(1)).singleElement().asString().startsWith("rows lost");
  }

  @Test
  void a_303_takes_what_a_POST_carried_and_a_start_without_it_is_of_profile_1() throws Exception {
    shop.access().webServices("U2FtcGxl").movedTo(server.address().resolve("other/"), 303);
    SimulatedSite other = server.joomla("other");
    other.access().webServices("U2FtcGxl");
    URI v3 = shop.address().resolve("api/index.php/v3/akeebabackup/startBackup");
    Map<String, String> headers =
        Map.of("X-Joomla-Token", "U2FtcGxl", "Accept", "application/json");
    String form = "method=startBackup&profile=2&description=Nightly";
    TestClient.Got sentOn = client.send(v3, "POST", headers, form);
    assertThat(sentOn.status()).isEqualTo(303);
    assertThat(shop.records()).isEmpty();
    URI location = URI.create(sentOn.headers().get("Location"));
    assertThat(client.send(location, "GET", headers, null).data().get("Profile").asInt())
        .isEqualTo(1);
    assertThat(other.records().get(0).get("description").asText()).startsWith("Backup taken on ");
  }

  @Test
  void a_step_repeated_while_the_first_still_works_breaks_the_archive() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("stepBackup").nth(2).inside(() -> block(release)).page(504, "Timeout"));
    JsonNode answer = client.call(shop, "startBackup").data();
    client.step(shop, answer);
    CompletableFuture<TestClient.Got> slow = inBackground(() -> client.step(shop, answer));
    await().until(() -> "1".equals(shop.records().get(0).get("instep").asText()));
    assertThat(client.step(shop, answer).data().get("stepNumber").asInt()).isEqualTo(4);
    release.countDown();
    assertThat(slow.join().status()).isEqualTo(504);
    assertThat(shop.violations()).singleElement().asString().startsWith("two steps in flight");
    assertThat(shop.archiveBroken(1)).isTrue();
  }

  @Test
  void a_gateway_times_out_while_the_worker_goes_on() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(
        Fault.on("stepBackup").inside(() -> block(release)).gatewayTimeout(Duration.ofMillis(20)));
    JsonNode answer = client.call(shop, "startBackup").data();
    assertThat(client.step(shop, answer).status()).isEqualTo(504);
    await().until(() -> "1".equals(shop.records().get(0).get("instep").asText()));
    release.countDown();
    await().until(() -> "0".equals(shop.records().get(0).get("instep").asText()));
  }

  @Test
  void instep_is_0_before_the_state_is_saved() throws Exception {
    shop.minExecTime(Duration.ofMillis(400)).stepTime(0, Duration.ofMillis(400));
    JsonNode answer = client.call(shop, "startBackup").data();
    CompletableFuture<TestClient.Got> first = inBackground(() -> client.step(shop, answer));
    await().until(() -> shop.requests("stepBackup").size() == 1);
    await().until(() -> "0".equals(shop.records().get(0).get("instep").asText()));
    assertThat(first).isNotDone();
    client.step(shop, answer);
    first.join();
    assertThat(shop.archiveBroken(1)).isTrue();
  }

  @Test
  void an_answer_can_be_delayed_and_held() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    shop.fault(Fault.on("getVersion").delayAnswer(Duration.ofMillis(150)));
    shop.fault(Fault.on("getProfiles").holdAnswer(release));
    client.call(shop, "getVersion");
    RecordedRequest late = shop.requests().get(0);
    assertThat(late.answeredNanos() - late.arrivedNanos()).isGreaterThan(149_000_000);
    CompletableFuture<TestClient.Got> held = inBackground(() -> client.call(shop, "getProfiles"));
    await().until(() -> shop.requests("getProfiles").size() == 1);
    assertThat(held).isNotDone();
    release.countDown();
    assertThat(held.join().status()).isEqualTo(200);
  }

  /** Whether the record said instep 1 after the loss. */
  private boolean runThroughOneLoss() throws IOException {
    JsonNode answer = client.call(shop, "startBackup").data();
    boolean inStep = false;
    while (answer.get("HasRun").asBoolean()) {
      try {
        answer = client.step(shop, answer).data();
      } catch (SocketException lost) {
        inStep = "1".equals(shop.records().get(0).get("instep").asText());
      }
    }
    return inStep;
  }

  private static CompletableFuture<TestClient.Got> inBackground(Call call) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return call.make();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void block(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @FunctionalInterface
  private interface Call {
    TestClient.Got make() throws IOException;
  }
}
