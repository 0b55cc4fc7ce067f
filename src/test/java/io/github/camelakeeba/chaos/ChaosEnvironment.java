package io.github.camelakeeba.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Sites of all manners, the service in a process of its own, and what it tells. */
final class ChaosEnvironment implements AutoCloseable {
  /** What the archives of a site are: of this kind, and of so many files. */
  private record Layout(String kind, int parts) {}

  /** A site that nobody backs up. */
  static final String FORGOTTEN = "forgotten";

  private static final String NOWHERE = "http://127.0.0.1:9/remote.php";
  private static final int EACH = 5;

  private static final List<Layout> LAYOUTS =
      List.of(
          new Layout("jpa", 1),
          new Layout("jpa", 3),
          new Layout("zip", 1),
          new Layout("zip", 3),
          new Layout("jps", 1));

  private static final Duration LEAST_STEP = Duration.ofMillis(1100);

  private final Path folder;
  private final RunningProduct product;
  private final OutcomeReceiver catcher = new OutcomeReceiver();
  private final List<SimulatedSite> sites = new ArrayList<>();
  private final List<ChildProcess> children = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  ChaosEnvironment(Path folder, int count, Random random) throws IOException {
    this.folder = folder;
    product =
        new RunningProduct(folder)
            .api()
            .durable()
            .property("backup.recovery.retryPause = 1s")
            .property("backup.recovery.pause = 300ms")
            .property("backup.outbox.gather = 0s");
    for (int i = 0; i < count; i++) {
      SimulatedSite site = site(i);
      site.secret(RunningProduct.SECRET).minExecTime(quick(i) ? Duration.ZERO : LEAST_STEP);
      // each product with each kind of archive
      Layout layout = LAYOUTS.get(i / 2 % LAYOUTS.size());
      site.kind(layout.kind()).parts(layout.parts());
      site.clockSkew(Duration.ofMinutes(random.nextInt(3000) - 1500));
      // with the 2 s that somebody else's backup goes on for less than deadAfter: else it looks
      // dead
      site.proxySkew(Duration.ofSeconds(skewed(i) ? 2 + random.nextInt(2) : 0));
      sites.add(site);
      product.site(
          name(i),
          site.url(),
          "stepTimeout: 3s",
          "deadAfter: 6s",
          "busyWait: 30s",
          "maxDuration: 90s",
          "retry: {unreachable: 1, untrusted: 1}");
    }
    product.site(FORGOTTEN, URI.create(NOWHERE), "overdueAfter: 20s");
    product.yaml(
        """
        limits: {perHost: 50}
        channels:
          ops: {type: mail, smtp: "%%SMTP%%", from: b@example.com, to: o@example.com}
          hook: {type: webhook, url: "%s"}
          broken: {type: webhook, url: "%s"}
        notify:
          - {on: [started, completed, warning, failed], to: [broken, hook]}
          - {on: [completed, warning, failed], to: ops}
          - {on: missed, sites: %s, to: hook}
        """
            .formatted(catcher.address("/hook"), catcher.address("/broken"), FORGOTTEN));
    product.configure();
    start();
  }

  private SimulatedSite site(int i) {
    return i % 2 == 0 ? product.server().joomla(name(i)) : product.server().wordpress(name(i));
  }

  static String name(int i) {
    return "site-" + i;
  }

  /** Some are so quick that their clock, in whole seconds, does not tell two steps apart. */
  static boolean quick(int i) {
    return i % EACH == EACH - 1;
  }

  /** The Date header of some comes from a proxy whose clock is ahead. */
  static boolean skewed(int i) {
    return i % EACH == EACH - 2;
  }

  SimulatedSite at(int i) {
    return sites.get(i);
  }

  OutcomeReceiver catcher() {
    return catcher;
  }

  RunningProduct product() {
    return product;
  }

  /** Starts the service, once more where it has ended. */
  void start() throws IOException {
    synchronized (children) {
      children.add(new ChildProcess(folder, "serve", "--home", folder.toString()));
    }
    service().says("serving ");
  }

  /** The service that was started last. */
  ChildProcess service() {
    synchronized (children) {
      return children.get(children.size() - 1);
    }
  }

  int starts() {
    return children.size();
  }

  /** What all of them have logged. */
  String logs() {
    synchronized (children) {
      return String.join("", children.stream().map(ChildProcess::err).toList());
    }
  }

  /** Asks for a backup, again and again until it is accepted; gives the run's id. */
  String request(int site, String id) {
    String body = "{\"site\":\"%s\",\"id\":\"%s\",\"ifBusy\":\"queue\"}".formatted(name(site), id);
    return await()
        .atMost(RunningProduct.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> post(body), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<String> post(String body) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(service().address() + "/api/backups"))
              .timeout(Duration.ofSeconds(5))
              .header("Authorization", "Bearer " + RunningProduct.TOKEN)
              .POST(BodyPublishers.ofString(body))
              .build();
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        return Optional.empty();
      }
      JsonNode json = new ObjectMapper().readTree(answer.body());
      return Optional.of(json.path(json.has("subject") ? "subject" : "id").asText());
    } catch (IOException | AssertionError e) {
      return Optional.empty(); // it was killed just now, or starts
    }
  }

  @Override
  public void close() throws IOException {
    service().close();
    product.close();
    catcher.close();
  }
}
