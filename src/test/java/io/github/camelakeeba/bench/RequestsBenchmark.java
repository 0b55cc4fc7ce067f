package io.github.camelakeeba.bench;

import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.bus.JmsClient;
import io.github.camelakeeba.product.RunningProduct;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.util.FileUtil;

/**
 * How many requests a second are accepted, each a run of its own, while the service also does its
 * other work. Program, sites, callers and PostgreSQL are processes of their own. By hand:
 *
 * <pre>
 * mvn -q -Pbench test -Dbench=RequestsBenchmark
 * mvn -q -Pbench test -Dbench=RequestsBenchmark -Dargs="sites=10000 hosts=10000 busy=refuse"
 * </pre>
 *
 * Arguments: {@code way}, http (4 callers, one request after the other each) or jms (a full queue,
 * 4 consumers); {@code store}, h2 or postgres; {@code requests}, and how many come {@code before}
 * those that are measured; {@code sites} in turn, on so many {@code hosts}; {@code busy}, queue or
 * refuse: what is asked for where the site is busy; {@code heap} and further {@code jvm} options
 * (separated by commas) of the program.
 *
 * <p>A backup takes 1,000 s, so that the queue grows, as it does in a burst.
 */
public final class RequestsBenchmark {
  static final int CALLERS = 4;
  private static final String QUEUE = "requests";

  private final Settings settings;
  private final int number;
  private final int before;
  private final int sites;
  private final Path home = Files.createTempDirectory("requests-benchmark");

  /** CPU seconds. */
  private record Cpu(double program, double sites, double store) {
    Cpu less(Cpu before) {
      return new Cpu(program - before.program, sites - before.sites, store - before.store);
    }
  }

  private RequestsBenchmark(Settings settings) throws IOException {
    this.settings = settings;
    number = settings.number("requests");
    before = settings.number("before");
    sites = settings.number("sites");
  }

  /** Prints one table. */
  public static void main(String[] arguments) throws Exception {
    RequestsBenchmark benchmark =
        new RequestsBenchmark(
            new Settings(
                arguments,
                "way",
                "http",
                "store",
                "h2",
                "requests",
                "10000",
                "before",
                "10000",
                "sites",
                "100",
                "hosts",
                "1",
                "busy",
                "queue",
                "heap",
                "256m",
                "jvm",
                ""));
    boolean postgres = benchmark.settings.text("store").equals("postgres");
    try (FleetProcess fleet = new FleetProcess(benchmark.sites, 1_000, 1_000, 0);
        BenchPostgres store = postgres ? new BenchPostgres() : null;
        ArtemisBroker broker = ArtemisBroker.start()) {
      benchmark.configure(fleet, store, broker);
      benchmark.run(fleet, store, broker);
    } finally {
      FileUtil.removeDir(benchmark.home.toFile());
    }
    System.exit(0);
  }

  private void configure(FleetProcess fleet, BenchPostgres store, ArtemisBroker broker)
      throws IOException {
    Path config = Files.createDirectories(home.resolve("config"));
    StringBuilder yaml = new StringBuilder("defaults:\n  secret: ");
    yaml.append(RunningProduct.SECRET).append("\nsites:\n");
    for (int i = 0; i < sites; i++) {
      yaml.append("  site-%d: {url: \"%s\", ".formatted(i, fleet.url(i)));
      yaml.append("host: web-%d}%n".formatted(i % settings.number("hosts")));
    }
    String properties =
        """
        backup.api.token = %s
        backup.api.port = 0
        backup.api.rate = 0
        """
            .formatted(RunningProduct.TOKEN); // all callers come from one address
    if (settings.text("way").equals("jms")) {
      yaml.append(
          "triggers: [{from: \"jms:queue:%s?concurrentConsumers=%d\", coalesce: false}]%n"
              .formatted(QUEUE, CALLERS));
      properties +=
          """
          camel.beans.artemis = #class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory
          camel.beans.artemis.brokerURL = %s
          camel.component.jms.connectionFactory = #bean:artemis
          """
              .formatted(broker.coreUrl());
    }
    if (store != null) {
      properties +=
          "backup.database.url = %s%nbackup.database.user = postgres%n".formatted(store.url());
    }
    Files.writeString(config.resolve("sites.yaml"), yaml);
    Files.writeString(config.resolve("application.properties"), properties);
  }

  private void run(FleetProcess fleet, BenchPostgres store, ArtemisBroker broker) throws Exception {
    boolean http = settings.text("way").equals("http");
    if (!http) {
      fill(broker); // they wait when the service starts
    }
    try (ServeProcess serve = new ServeProcess(home, settings.text("heap"), settings.text("jvm"))) {
      URI address = serve.address();
      Process callers =
          http ? RequestCallers.start(address, before, number, sites, settings.text("busy")) : null;
      BufferedReader said = http ? callers.inputReader() : null;
      if (http) {
        said.readLine();
      } else {
        await(broker, number);
      }
      Cpu start = cpu(serve, fleet, store);
      long begin = System.nanoTime();
      String[] theirs = null;
      if (http) {
        callers.getOutputStream().close();
        String line = said.readLine();
        if (line == null || callers.waitFor() != 0) {
          throw new IllegalStateException("not all were accepted");
        }
        theirs = line.split(" ");
      } else {
        await(broker, 0);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      print(seconds, cpu(serve, fleet, store).less(start), theirs);
      serve.stop(); // a profiler writes its file then
    }
  }

  private void fill(ArtemisBroker broker) throws Exception {
    try (JmsClient client = new JmsClient(broker)) {
      for (int i = 0; i < before + number; i++) {
        client.send(QUEUE, "site-" + i % sites);
      }
    }
  }

  private static void await(ArtemisBroker broker, int left) {
    while (broker.waiting(QUEUE) > left) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static Cpu cpu(ServeProcess serve, FleetProcess fleet, BenchPostgres store)
      throws Exception {
    return new Cpu(
        serve.figures().cpuSeconds(),
        fleet.report().cpuSeconds(),
        store == null ? 0 : store.figures().cpuSeconds());
  }

  private void print(double seconds, Cpu cpu, String... theirs) {
    System.out.printf("%s, JDK %s%n", settings, Runtime.version());
    System.out.println("| figure | value |\n|---|---|");
    row("requests a second", "%.0f (%.1f s)", number / seconds, seconds);
    row(
        "CPU of a request: program, with its runs; sites; store",
        "%.2f ms; %.2f ms; %.2f ms",
        cpu.program * 1000 / number,
        cpu.sites * 1000 / number,
        cpu.store * 1000 / number);
    if (theirs != null) {
      row("CPU of a request: callers", "%.2f ms", Double.parseDouble(theirs[0]) * 1000 / number);
      row("a request: median, 99th percentile", "%s ms, %s ms", theirs[1], theirs[2]);
    }
  }

  private static void row(String name, String format, Object... values) {
    System.out.printf(Locale.ROOT, "| " + name + " | " + format + " |%n", values);
  }
}
