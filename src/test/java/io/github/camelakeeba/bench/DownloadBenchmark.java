package io.github.camelakeeba.bench;

import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How fast an archive comes home, held against {@code curl -o} of the same file from the same
 * simulated site in the same run. The arguments are MiB and rounds; the first round of each is left
 * out. Server and product share one JVM, whose heap the command bounds:
 *
 * <pre>mvn -q -Pbench test -Dbench=DownloadBenchmark -Dbench.heap=64m -Dargs="1024 5"</pre>
 */
public final class DownloadBenchmark {
  private DownloadBenchmark() {}

  /** Seconds to fetch, and to fetch and read. */
  private record Taken(double fetched, double read) {}

  /** Prints medians in seconds, and the ratio of the throughputs. */
  public static void main(String... arguments) throws Exception {
    long bytes = Long.parseLong(arguments[0]) << 20;
    int rounds = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("download-benchmark");
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop =
          product.server().joomla("shop").secret(RunningProduct.SECRET).size(bytes);
      shop.pastBackups(1);
      product.site("shop", shop.url()).start();
      List<Double> curl = new ArrayList<>();
      List<Double> fetched = new ArrayList<>();
      List<Double> read = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        double theirs = curl(shop, folder.resolve("curl.jpa"), bytes);
        Taken ours = ours(product, folder.resolve("ours-" + round), bytes);
        if (round > 0) {
          curl.add(theirs);
          fetched.add(ours.fetched());
          read.add(ours.read());
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%d MiB, medians of %d: curl %.2f s, fetched %.2f s (%.0f %% of curl's throughput),"
              + " with reading and sums %.2f s; heap at most %d MiB%n",
          bytes >> 20,
          rounds,
          median(curl),
          median(fetched),
          100 * median(curl) / median(fetched),
          median(read),
          Runtime.getRuntime().maxMemory() >> 20);
    } finally {
      delete(folder);
    }
  }

  private static double curl(SimulatedSite shop, Path file, long bytes) throws Exception {
    long begun = System.nanoTime();
    int code =
        new ProcessBuilder(
                "curl",
                "-sS",
                "-o",
                file.toString(),
                "-H",
                "X-Akeeba-Auth: " + RunningProduct.SECRET,
                "-d",
                "method=downloadDirect&backup_id=1&part_id=1",
                shop.url().toString())
            .inheritIO()
            .start()
            .waitFor();
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (code != 0 || Files.size(file) != bytes) {
      throw new IllegalStateException("curl ended with " + code);
    }
    Files.delete(file);
    return seconds;
  }

  private static Taken ours(RunningProduct product, Path folder, long bytes) throws Exception {
    DownloadProgress progress = new DownloadProgress();
    long begun = System.nanoTime();
    long[] fetched = new long[1];
    Thread watch =
        new Thread(
            () -> {
              while (!progress.isReading()) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
              }
              fetched[0] = System.nanoTime();
            });
    watch.start();
    DownloadedArchive pulled =
        product
            .service()
            .context()
            .createProducerTemplate()
            .requestBody(
                "direct:akeeba-download",
                new DownloadRequest(
                    product.service().configuration().sites().get("shop"),
                    1,
                    null,
                    folder,
                    DumpExpectation.NONE,
                    progress),
                DownloadedArchive.class);
    double read = (System.nanoTime() - begun) / 1e9;
    watch.join();
    if (!pulled.readable() || pulled.size() != bytes) {
      throw new IllegalStateException("the archive is not whole");
    }
    delete(folder);
    return new Taken((fetched[0] - begun) / 1e9, read);
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
