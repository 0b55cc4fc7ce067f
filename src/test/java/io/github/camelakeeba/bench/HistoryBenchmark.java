package io.github.camelakeeba.bench;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.store.HistoryPurge;
import io.github.camelakeeba.watch.Watchdog;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.apache.camel.util.FileUtil;

/**
 * What reads take with a short and with a long history: CPU time of the process a call, and the
 * median of the wall time. The sites' schedules are not served, and nothing else goes on. By hand:
 *
 * <pre>
 * mvn -q -Pbench test -Dbench=HistoryBenchmark -Dargs="store=h2 runs=100000"
 * mvn -q -Pbench test -Dbench=HistoryBenchmark -Dbench.heap=1g -Dargs="sites=10000 few=100000 runs=500000 calls=30"
 * </pre>
 */
public final class HistoryBenchmark {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final com.sun.management.OperatingSystemMXBean PROCESS =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /**
   * Ended runs number so-and-so to so-and-so, a minute apart, with outcomes as large as real ones.
   */
  private static final String RUNS =
      """
      insert into run (id, site, host, state, trigger_kind, profile, description, comment_text,
        overrides, due_at, queued_at, started_at, ended_at, outcome)
      select 'run-' || x, 'site-' || mod(x, %1$d), 'h', case when mod(x, 7) = 0 then 'failed' else 'completed' end,
        'schedule', 1, 'd', '', '{}', %2$s, %2$s, %2$s, %2$s,
        '{"specversion":"1.0","id":"' || x || '","subject":"' || repeat('o', 1500) || '"}'
      from %3$s
      """;

  private HistoryBenchmark() {}

  private interface Call {
    void make() throws Exception;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("backup.log.level", "error");
    Settings settings =
        new Settings(
            arguments, "store", "h2", "sites", "100", "few", "100", "runs", "100000", "calls",
            "100");
    boolean postgres = settings.text("store").equals("postgres");
    int sites = settings.number("sites");
    Path folder = Files.createTempDirectory("history");
    try (BenchPostgres server = postgres ? new BenchPostgres() : null;
        RunningProduct product = new RunningProduct(folder).api().property("backup.api.rate = 0")) {
      for (int i = 0; i < sites; i++) {
        product.site(
            "site-" + i,
            URI.create("http://127.0.0.1:9/" + i + "/remote.php"),
            "schedule: \"0 %d %d * * ?\"".formatted(i % 60, i % 24));
      }
      (postgres ? product.postgres(server.url()) : product.durable()).start();
      product.jdbc().update("update standing set last_good_at = current_timestamp");
      Map<String, double[]> few = measure(product, 1, settings.number("few"), settings);
      Map<String, double[]> many =
          measure(product, settings.number("few") + 1, settings.number("runs"), settings);
      System.out.printf("%s, JDK %s%n", settings, Runtime.version());
      for (String path : new String[] {"/api/sites?limit=100", "/api/sites"}) {
        System.out.printf(
            "%s: %d bytes, with gzip %d%n",
            path, size(product, path, "identity"), size(product, path, "gzip"));
      }
      System.out.printf(
          "%-28s %16s %16s %16s %16s%n",
          "a call of", "CPU, few runs", "CPU, many", "wall, few", "wall, many");
      few.forEach(
          (what, one) ->
              System.out.printf(
                  "%-28s %13.2f ms %13.2f ms %13.2f ms %13.2f ms%n",
                  what, one[0], many.get(what)[0], one[1], many.get(what)[1]));
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
    System.exit(0);
  }

  private static Map<String, double[]> measure(
      RunningProduct product, int first, int last, Settings settings) throws Exception {
    boolean postgres = settings.text("store").equals("postgres");
    product
        .jdbc()
        .update(
            RUNS.formatted(
                settings.number("sites"),
                postgres
                    ? "current_timestamp - x * interval '1 minute'"
                    : "dateadd(minute, -x, current_timestamp)",
                postgres
                    ? "generate_series(%d, %d) as numbers (x)".formatted(first, last)
                    : "system_range(%d, %d)".formatted(first, last)));
    if (postgres) {
      product.jdbc().execute("vacuum analyze");
    }
    Registry beans = product.service().context().getRegistry();
    Watchdog watchdog = beans.lookupByNameAndType("backup-watchdog", Watchdog.class);
    HistoryPurge purge = beans.lookupByNameAndType("backup-history", HistoryPurge.class);
    Map<String, Call> calls = new LinkedHashMap<>();
    for (String path :
        new String[] {
          "/api/sites",
          "/api/sites?limit=100",
          "/api/summary",
          "/api/status",
          "/api/days?sites=site-1,site-2",
          "/observe/metrics"
        }) {
      calls.put("GET " + path, () -> get(product, path));
    }
    calls.put("the watchdog", watchdog::overdue);
    calls.put("the purge", purge::purge);
    Map<String, double[]> figures = new LinkedHashMap<>();
    for (Map.Entry<String, Call> call : calls.entrySet()) {
      times(call.getValue(), settings.number("calls"));
      figures.put(call.getKey(), times(call.getValue(), settings.number("calls")));
    }
    return figures;
  }

  private static void get(RunningProduct product, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(product.service().apiAddress().resolve(path))
            .header("Authorization", "Bearer " + RunningProduct.TOKEN)
            .build();
    int status = HTTP.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IllegalStateException(path + ": " + status);
    }
  }

  private static int size(RunningProduct product, String path, String encoding) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(product.service().apiAddress().resolve(path))
            .header("Authorization", "Bearer " + RunningProduct.TOKEN)
            .header("Accept-Encoding", encoding)
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray()).body().length;
  }

  /**
   * Milliseconds of CPU a call, with those of the caller and of the service's idle work; of wall.
   */
  private static double[] times(Call call, int number) throws Exception {
    double[] wall = new double[number];
    long cpu = PROCESS.getProcessCpuTime();
    for (int i = 0; i < number; i++) {
      long begin = System.nanoTime();
      call.make();
      wall[i] = (System.nanoTime() - begin) / 1e6;
    }
    cpu = PROCESS.getProcessCpuTime() - cpu;
    Arrays.sort(wall);
    return new double[] {cpu / 1e6 / number, wall[number / 2]};
  }
}
