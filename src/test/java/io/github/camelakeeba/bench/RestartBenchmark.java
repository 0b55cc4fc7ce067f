package io.github.camelakeeba.bench;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * How soon runs go on after kill -9: a serve with so many runs in flight is killed and started
 * again, the database in a file. By hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=RestartBenchmark -Dargs="200 3"</pre>
 */
public final class RestartBenchmark {
  private static final int STEPS = 30;
  private static final Duration STEP = Duration.ofSeconds(2);

  private final Path folder = Files.createTempDirectory("restart-benchmark");
  private final List<SimulatedSite> sites = new ArrayList<>();
  private final int runs;

  private RestartBenchmark(int runs) throws Exception {
    this.runs = runs;
  }

  /** The arguments are the number of runs, 200 by default, and of rounds, 3 by default. */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    for (int i = 0; i < rounds; i++) {
      new RestartBenchmark(runs).round();
    }
    System.exit(0);
  }

  private void round() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).durable().api()) {
      product.yaml("limits: {concurrent: %d, perHost: %d}\n".formatted(runs, runs));
      for (int i = 0; i < runs; i++) {
        String name = "shop-" + i;
        SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET);
        sites.add(site.steps(STEPS).stepTime(STEP).minExecTime(STEP));
        product.site(name, site.url());
      }
      product.configure();
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        for (int i = 0; i < runs; i++) {
          serve.backup("shop-" + i);
        }
        until(() -> sites.stream().allMatch(site -> site.requests("stepBackup").size() > 2));
        serve.kill();
      }
      Instant begin = Instant.now();
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        until(() -> sites.stream().allMatch(site -> after(site, begin, any -> true).isPresent()));
        until(() -> sites.stream().allMatch(site -> after(site, begin, this::step).isPresent()));
        until(() -> ended(serve) == runs);
        report(begin, serve);
      }
    }
  }

  private static void until(java.util.concurrent.Callable<Boolean> condition) {
    org.awaitility.Awaitility.await()
        .atMost(5, TimeUnit.MINUTES)
        .pollInterval(Duration.ofMillis(100))
        .until(condition);
  }

  private boolean step(RecordedRequest request) {
    return request.method().equals("stepBackup");
  }

  private static Optional<Instant> after(
      SimulatedSite site, Instant begin, Predicate<RecordedRequest> which) {
    return site.requests().stream()
        .filter(which)
        .map(RecordedRequest::arrived)
        .filter(begin::isBefore)
        .findFirst();
  }

  private static long ended(ChildProcess serve) {
    return serve.err().lines().filter(line -> line.contains("] backup-outcome: ")).count();
  }

  private void report(Instant begin, ChildProcess serve) {
    long completed =
        serve.err().lines().filter(line -> line.contains("outcome: completed")).count();
    long steps = sites.stream().mapToLong(site -> site.requests("stepBackup").size()).sum();
    long starts = sites.stream().mapToLong(site -> site.requests("startBackup").size()).sum();
    System.out.printf(
        "%d runs, JDK %s: looked at again %s, stepped again %s after the start of the process;"
            + " %d completed, %d starts, %d steps (%d repeated), violations %s%n",
        runs,
        Runtime.version(),
        range(begin, any -> true),
        range(begin, this::step),
        completed,
        starts,
        steps,
        steps - (long) runs * STEPS,
        sites.stream().flatMap(site -> site.violations().stream()).distinct().toList());
  }

  /** The median and the last, in seconds. */
  private String range(Instant begin, Predicate<RecordedRequest> which) {
    List<Long> millis =
        sites.stream()
            .map(
                site -> Duration.between(begin, after(site, begin, which).orElseThrow()).toMillis())
            .sorted()
            .toList();
    return "median %.1f s, last %.1f s"
        .formatted(millis.get(runs / 2) / 1e3, millis.get(runs - 1) / 1e3);
  }
}
