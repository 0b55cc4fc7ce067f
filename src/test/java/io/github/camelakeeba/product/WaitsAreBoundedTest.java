package io.github.camelakeeba.product;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a run waits for, maxDuration and a user who stops it end the wait. */
@Tag("slow")
@Tag("fault")
class WaitsAreBoundedTest {
  private static final int SITES = 10;
  private static final CountDownLatch VAULT = new CountDownLatch(1);
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  @TempDir static Path folder;
  private static final Queue<Taken> BRIEF = new ArrayDeque<>();
  private static final Queue<Taken> LONG = new ArrayDeque<>();
  private static final Map<String, Run> BEGUN = new HashMap<>();
  private static Taken longVault;
  private static RunningProduct product;

  private record Taken(String name, SimulatedSite site) {}

  @BeforeAll
  static void open() throws Exception {
    product = new RunningProduct(folder).api().yaml("limits: {perHost: 50}\n");
    for (int i = 0; i < SITES; i++) {
      BRIEF.add(take("brief-" + i, "maxDuration: 3s"));
      LONG.add(take("long-" + i, "maxDuration: 1h"));
    }
    Taken briefVault = take("brief-vault", "maxDuration: 3s", "download: {to: 'direct:vault'}");
    longVault = take("long-vault", "maxDuration: 1h", "download: {to: 'direct:vault'}");
    product.start();
    product
        .service()
        .context()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:vault").process(exchange -> VAULT.await(60, TimeUnit.SECONDS));
              }
            });
    begin(
        "first contact",
        site -> {
          site.fault(unavailable("getProfiles"));
        });
    begin(
        "in place of a step",
        site -> {
          site.fault(unavailable("stepBackup"));
        });
    begin(
        "after a lost step",
        site -> {
          site.fault(Fault.on("stepBackup").nth(2).answerLost());
          site.fault(unavailable("getBackupInfo"));
        });
    begin(
        "somebody else's backup",
        site -> {
          site.foreignBackup("backend");
        });
    begin(
        "question",
        site -> {
          site.fault(Fault.on("listBackups").holdAnswer(NEVER));
        });
    BEGUN.put("vault", product.request(briefVault.name()));
  }

  private static Taken take(String name, String... lines) {
    SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(5);
    product.site(name, site.url(), lines);
    return new Taken(name, site);
  }

  @AfterAll
  static void close() throws Exception {
    VAULT.countDown();
    NEVER.countDown();
    product.close();
  }

  /** Asks for the backup of a brief site that meets this; all of them wait side by side. */
  private static void begin(String wait, Consumer<SimulatedSite> faults) {
    Taken shop = BRIEF.remove();
    faults.accept(shop.site());
    BEGUN.put(wait, product.request(shop.name()));
  }

  private static void endsInTime(String wait) {
    Event.Data told = product.outcome(BEGUN.get(wait).id()).data();
    assertThat(told.state()).isEqualTo("failed");
    assertThat(told.error().kind()).as(told.error().message()).isEqualTo("timeout");
    assertThat(told.error().message()).contains("within 3s (maxDuration)");
    assertThat(Duration.ofMillis(told.durationMs()))
        .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(20));
  }

  /** The run ends as stopped, and nobody waits for it any more. */
  private static void isStopped(Taken shop, BooleanSupplier waits) throws Exception {
    Run run = product.request(shop.name());
    await().atMost(RunningProduct.PATIENCE).until(waits::getAsBoolean);
    HttpRequest stop =
        HttpRequest.newBuilder(
                product
                    .service()
                    .apiAddress()
                    .resolve("/api/runs/" + URLEncoder.encode(run.id(), UTF_8) + "/stop"))
            .header("Authorization", "Bearer " + RunningProduct.TOKEN)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpClient.newHttpClient().send(stop, HttpResponse.BodyHandlers.discarding());
    Event.Data told = product.outcome(run.id()).data();
    assertThat(told.error().kind()).isEqualTo("stopped");
    await().atMost(Duration.ofSeconds(20)).until(() -> !atWork(shop.name()));
  }

  private static boolean atWork(String site) {
    return product.service().context().getInflightRepository().browse().stream()
        .map(inflight -> inflight.getExchange().getVariable("backup-run", Run.class))
        .anyMatch(run -> run != null && run.site().equals(site));
  }

  private static Fault unavailable(String method) {
    return Fault.on(method).html503(600).always();
  }

  @Test
  void the_pause_that_a_site_asks_for_at_first_contact() throws Exception {
    endsInTime("first contact");

    Taken shop = LONG.remove();
    shop.site().fault(unavailable("getProfiles"));
    isStopped(shop, () -> !shop.site().requests("getProfiles").isEmpty());
  }

  @Test
  void the_pause_that_a_site_asks_for_in_place_of_a_step() throws Exception {
    endsInTime("in place of a step");

    Taken shop = LONG.remove();
    shop.site().fault(unavailable("stepBackup"));
    isStopped(shop, () -> !shop.site().requests("stepBackup").isEmpty());
  }

  @Test
  void the_pause_that_a_site_asks_for_after_a_lost_step() throws Exception {
    endsInTime("after a lost step");

    Taken shop = LONG.remove();
    shop.site().fault(Fault.on("stepBackup").nth(2).answerLost());
    shop.site().fault(unavailable("getBackupInfo"));
    isStopped(shop, () -> !shop.site().requests("getBackupInfo").isEmpty());
  }

  @Test
  void the_wait_for_somebody_else_s_backup() throws Exception {
    endsInTime("somebody else's backup");

    Taken shop = LONG.remove();
    shop.site().foreignBackup("backend");
    isStopped(shop, () -> !shop.site().requests("listBackups").isEmpty());
  }

  @Test
  void the_pause_before_the_next_step() throws Exception {
    Taken shop = LONG.remove();
    shop.site().steps(1000).sleepTime(60_000);
    isStopped(shop, () -> !shop.site().requests("startBackup").isEmpty());
  }

  @Test
  void an_endpoint_that_does_not_take_the_archive() throws Exception {
    endsInTime("vault");

    Path staged = folder.resolve("data/archives/long-vault/SHA256SUMS");
    isStopped(longVault, () -> Files.exists(staged));
  }

  @Test
  void a_question_that_is_not_answered() throws Exception {
    endsInTime("question");

    Taken shop = LONG.remove();
    shop.site().fault(Fault.on("listBackups").holdAnswer(NEVER));
    isStopped(shop, () -> !shop.site().requests("listBackups").isEmpty());
  }
}
