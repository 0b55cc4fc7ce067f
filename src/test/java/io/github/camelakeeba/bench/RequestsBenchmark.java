package io.github.camelakeeba.bench;

import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.bus.JmsClient;
import io.github.camelakeeba.product.RunningProduct;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * How many requests a second are accepted, each a run of its own, while the service also does its
 * other work. By hand, with the way in ({@code jms} or {@code http}), the store ({@code h2} or
 * {@code postgres}), how many requests, and for how many sites:
 *
 * <pre>mvn -q -Pbench test -Dbench=RequestsBenchmark -Dargs="http h2 10000 100 5000"</pre>
 *
 * A last number is that of requests over HTTP before those that are measured. The callers over HTTP
 * are a process of their own; sites and runs are in that of the service.
 */
public final class RequestsBenchmark {
  static final int CALLERS = 4;

  private RequestsBenchmark() {}

  /** Way in, store, number of requests, number of sites, and of requests before. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("backup.log.level", "error");
    String way = arguments[0];
    int number = Integer.parseInt(arguments[2]);
    int sites = Integer.parseInt(arguments[3]);
    int warmup = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
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
      Process callers =
          way.equals("http")
              ? RequestCallers.start(product.service().apiAddress(), warmup, number, sites)
              : null;
      if (callers != null) {
        callers.getInputStream().read(); // it has sent those before
      }
      int before = count(product);
      ProcessFigures process = ProcessFigures.of(ProcessHandle.current().pid());
      double cpu = process.cpuSeconds();
      long begin = System.nanoTime();
      if (callers != null) {
        callers.getOutputStream().close();
        if (callers.waitFor() != 0) {
          throw new IllegalStateException("not all were accepted");
        }
      } else {
        Awaitility.await()
            .atMost(Duration.ofMinutes(30))
            .pollInterval(Duration.ofMillis(100))
            .until(() -> count(product) == number);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      cpu = process.cpuSeconds() - cpu;
      System.out.printf(
          "%s, %s: %d requests for %d sites after %d in %.1f s: %.0f a second; CPU a request %.2f"
              + " ms, with that of sites and runs; JDK %s%n",
          way,
          arguments[1],
          number,
          sites,
          before,
          seconds,
          (count(product) - before) / seconds,
          cpu * 1000 / (count(product) - before),
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

  private static int count(RunningProduct product) {
    return product.jdbc().queryForObject("select count(*) from run", Integer.class);
  }
}
