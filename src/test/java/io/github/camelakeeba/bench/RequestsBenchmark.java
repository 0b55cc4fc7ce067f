package io.github.camelakeeba.bench;

import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.bus.JmsClient;
import io.github.camelakeeba.product.RunningProduct;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * How many requests a second are accepted, each a run of its own, while the service also does its
 * other work. By hand, with the way in ({@code jms} or {@code http}), the store ({@code h2} or
 * {@code postgres}), how many requests, and for how many sites:
 *
 * <pre>mvn -q -Pbench test -Dbench=RequestsBenchmark -Dargs="jms h2 10000 100"</pre>
 */
public final class RequestsBenchmark {
  private static final int CALLERS = 4;

  private RequestsBenchmark() {}

  /** Way in, store, number of requests, number of sites. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("backup.log.level", "error");
    String way = arguments[0];
    int number = Integer.parseInt(arguments[2]);
    int sites = Integer.parseInt(arguments[3]);
    Path folder = Files.createTempDirectory("requests-benchmark");
    EmbeddedPostgres postgres = arguments[1].equals("postgres") ? EmbeddedPostgres.start() : null;
    ArtemisBroker broker = ArtemisBroker.start();
    try (RunningProduct product = new RunningProduct(folder).api()) {
      product
          .property("backup.api.rate = 0") // all callers come from one address
          .property("camel.beans.artemis.brokerURL = " + broker.coreUrl())
          .property(
              "camel.beans.artemis = #class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory")
          .property("camel.component.jms.connectionFactory = #bean:artemis");
      for (int i = 0; i < sites; i++) {
        // a slow step: the queue grows, as it does in a burst
        product.site(
            "site-" + i,
            product
                .server()
                .joomla("site-" + i)
                .secret(RunningProduct.SECRET)
                .steps(1000)
                .stepTime(Duration.ofSeconds(1))
                .url());
      }
      if (postgres == null) {
        product.durable();
      } else {
        product.postgres(postgres.getJdbcUrl("postgres", "postgres"));
      }
      if (way.equals("jms")) {
        fill(broker, number, sites); // they wait when the service starts
      }
      product
          .yaml(
              "triggers: [{from: \"jms:queue:requests?concurrentConsumers=%d\", coalesce: false}]\n"
                  .formatted(CALLERS))
          .start();
      if (way.equals("jms")) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> count(product) > 0);
      }
      int before = count(product);
      ProcessFigures process = ProcessFigures.of(ProcessHandle.current().pid());
      double cpu = process.cpuSeconds();
      long begin = System.nanoTime();
      if (way.equals("http")) {
        call(product, number, sites);
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(30))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> count(product) == number);
      double seconds = (System.nanoTime() - begin) / 1e9;
      cpu = process.cpuSeconds() - cpu;
      System.out.printf(
          "%s, %s: %d requests for %d sites in %.1f s: %.0f a second; CPU a request %.2f ms,"
              + " with that of callers, sites and runs; JDK %s%n",
          way,
          arguments[1],
          number,
          sites,
          seconds,
          (number - before) / seconds,
          cpu * 1000 / (number - before),
          Runtime.version());
    }
    broker.close();
    if (postgres != null) {
      postgres.close();
    }
    System.exit(0);
  }

  private static void fill(ArtemisBroker broker, int number, int sites) throws Exception {
    try (JmsClient client = new JmsClient(broker)) {
      for (int i = 0; i < number; i++) {
        client.send("requests", "site-" + i % sites);
      }
    }
  }

  private static void call(RunningProduct product, int number, int sites) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI address = URI.create(product.service().apiAddress() + "/api/backups");
    AtomicInteger next = new AtomicInteger();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    List<Future<Void>> all = new ArrayList<>();
    Callable<Void> caller =
        () -> {
          for (int i = next.getAndIncrement(); i < number; i = next.getAndIncrement()) {
            String body = "{\"site\":\"site-%d\",\"ifBusy\":\"queue\"}".formatted(i % sites);
            HttpRequest request =
                HttpRequest.newBuilder(address)
                    .header("Authorization", "Bearer " + RunningProduct.TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            if (client.send(request, BodyHandlers.discarding()).statusCode() != 202) {
              throw new IllegalStateException("not accepted");
            }
          }
          return null;
        };
    for (int i = 0; i < CALLERS; i++) {
      all.add(callers.submit(caller));
    }
    for (Future<Void> one : all) {
      one.get();
    }
    callers.shutdown();
  }

  private static int count(RunningProduct product) {
    return product.jdbc().queryForObject("select count(*) from run", Integer.class);
  }
}
