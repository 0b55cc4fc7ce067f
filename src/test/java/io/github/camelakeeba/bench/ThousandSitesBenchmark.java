package io.github.camelakeeba.bench;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * So many sites at once, each with an archive of 1.5 MiB, in a small heap: all must end well. The
 * sites are simulated in a process of their own. The arguments are the number of sites and, where
 * the archives are to come home, {@code download}:
 *
 * <pre>mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test
 * "-Dexec.args=-Xmx256m -XX:+ExitOnOutOfMemoryError -cp %classpath
 * io.github.camelakeeba.bench.ThousandSitesBenchmark 1000"</pre>
 */
public final class ThousandSitesBenchmark {
  private static final long ARCHIVE = 3L << 19;
  private static final int STEPS = 2;

  /** So long that all runs are at work at once. */
  private static final Duration STEP = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofMinutes(15);

  private ThousandSitesBenchmark() {}

  /** Prints one table. */
  public static void main(String... arguments) throws Exception {
    int sites = Integer.parseInt(arguments[0]);
    if (arguments.length > 1 && arguments[1].equals("sites")) {
      serve(sites);
      return;
    }
    System.setProperty("backup.log.level", "error");
    boolean download = arguments.length > 1 && arguments[1].equals("download");
    Process others = sites(sites);
    Path folder = Files.createTempDirectory("thousand-sites-benchmark");
    try (RunningProduct product = new RunningProduct(folder).durable()) {
      List<URI> urls = urls(others, sites);
      for (int i = 0; i < sites; i++) {
        String[] lines =
            download ? new String[] {"download: {to: 'archives/{site}'}"} : new String[0];
        product.site("site-" + i, urls.get(i), lines);
      }
      product.yaml("limits: {concurrent: %s, perHost: %s}%n".formatted(sites, sites)).start();
      measure(product, sites, download);
    } finally {
      others.destroy();
    }
    System.exit(0);
  }

  private static void measure(RunningProduct product, int sites, boolean download)
      throws IOException {
    long begun = System.nanoTime();
    for (int i = 0; i < sites; i++) {
      product.request("site-" + i);
    }
    int threads = 0;
    long live = 0;
    long running = 0;
    Map<String, Long> states = states(product);
    while (states.containsKey("queued") || states.containsKey("running")) {
      if (System.nanoTime() - begun > LONGEST.toNanos()) {
        break;
      }
      threads = Math.max(threads, ManagementFactory.getThreadMXBean().getThreadCount());
      live = Math.max(live, live());
      running = Math.max(running, states.getOrDefault("running", 0L));
      LockSupport.parkNanos(250_000_000);
      states = states(product);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        Locale.ROOT,
        """
        | sites at once | archives | heap limit | most at work | ended | seconds | live heap, at most | garbage collection | resident | threads |
        |---|---|---|---|---|---|---|---|---|---|
        | %d | %s | %d MiB | %d | %s | %.0f | %d MiB | %.1f s | %s | %d |
        """,
        sites,
        download ? "come home" : "are looked at",
        Runtime.getRuntime().maxMemory() >> 20,
        running,
        states,
        seconds,
        live >> 20,
        collecting() / 1000.0,
        resident(),
        threads);
  }

  private static Map<String, Long> states(RunningProduct product) {
    while (true) {
      try {
        Map<String, Long> states = new TreeMap<>();
        product
            .jdbc()
            .query(
                "select state, count(*) from run group by state",
                row -> {
                  states.put(row.getString(1), row.getLong(2));
                });
        return states;
      } catch (DataAccessResourceFailureException e) {
        LockSupport.parkNanos(250_000_000); // the pool of connections is dry for a moment
      }
    }
  }

  /** Bytes that the last collections have left. */
  private static long live() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      bytes += left == null ? 0 : left.getUsed();
    }
    return bytes;
  }

  private static long collecting() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static String resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "?";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
        .findFirst()
        .orElse("?");
  }

  private static Process sites(int count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx4g",
            "-cp",
            System.getProperty("java.class.path"),
            ThousandSitesBenchmark.class.getName(),
            String.valueOf(count),
            "sites")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<URI> urls(Process others, int count) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(others.getInputStream(), StandardCharsets.UTF_8));
    List<URI> urls = new ArrayList<>();
    while (urls.size() < count) {
      String line = out.readLine();
      if (line == null) {
        throw new IOException("the sites did not start");
      }
      if (line.startsWith("http")) {
        urls.add(URI.create(line));
      }
    }
    return urls;
  }

  /** Until the benchmark ends. */
  private static void serve(int count) throws InterruptedException {
    SimulatedServer server = SimulatedServer.start();
    for (int i = 0; i < count; i++) {
      System.out.println(
          server
              .joomla("site-" + i)
              .secret(RunningProduct.SECRET)
              .steps(STEPS)
              .size(ARCHIVE)
              .stepTime(STEP)
              .url());
    }
    System.out.flush();
    Thread.currentThread().join();
  }
}
