package io.github.camelakeeba.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.product.RunningProduct;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.apache.camel.util.FileUtil;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * What a step costs: whole runs against a simulated site in a process of its own, whose steps take
 * no time, in turn with a bare loop of HttpClient 5 and Jackson on one kept connection to the same
 * site, and with one commit of the same store. By hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=StepBenchmark -Dargs="pairs=15 store=postgres"</pre>
 *
 * Arguments: {@code pairs} of a run and a loop that are measured, and {@code warmup} pairs before
 * them; {@code steps} of each; {@code store}, h2 (in a file) or postgres; {@code waits}: no leaves
 * out the runs of 60 steps of 200 ms.
 */
public final class StepBenchmark {
  private static final int COMMITS = 500;
  private static final int WAITED_STEPS = 60;
  private static final int WORK = 200; // milliseconds
  private static final int PAUSE = 500; // milliseconds

  private final Settings settings;
  private final int steps;
  private final RunningProduct product;

  /** Milliseconds a step. */
  private record Cost(double wall, double cpu) {}

  private StepBenchmark(Settings settings, RunningProduct product) {
    this.settings = settings;
    this.steps = settings.number("steps");
    this.product = product;
  }

  /** Prints one table. */
  public static void main(String... arguments) throws Exception {
    System.setProperty("backup.log.level", "error");
    Settings settings =
        new Settings(
            arguments, "pairs", "15", "warmup", "30", "steps", "500", "store", "h2", "waits",
            "yes");
    Path folder = Files.createTempDirectory("step-benchmark");
    boolean postgres = settings.text("store").equals("postgres");
    try (BenchPostgres store = postgres ? new BenchPostgres() : null;
        FleetProcess site = new FleetProcess(1, settings.number("steps"), 0, 0);
        FleetProcess busy = new FleetProcess(1, WAITED_STEPS, WORK, 0);
        FleetProcess slow = new FleetProcess(1, WAITED_STEPS, WORK, PAUSE);
        RunningProduct product = new RunningProduct(folder).timings(Timings.SHIPPED)) {
      if (store == null) {
        product.durable();
      } else {
        product.postgres(store.url());
      }
      product.site("bench", site.url(0)).site("busy", busy.url(0)).site("slow", slow.url(0));
      product.start();
      new StepBenchmark(settings, product).run(site);
      for (FleetProcess each : List.of(site, busy, slow)) {
        SimulatedFleet.Report report = each.report();
        if (report.violationCount() > 0) {
          System.out.println("violations on the site's side: " + report.violations());
        }
      }
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
    System.exit(0);
  }

  private void run(FleetProcess site) throws Exception {
    final Cost cold = product(site);
    List<Cost> runs = new ArrayList<>();
    List<Cost> loops = new ArrayList<>();
    try (CloseableHttpClient client = HttpClients.createDefault()) {
      for (int i = -settings.number("warmup"); i < settings.number("pairs"); i++) {
        Cost loop = bare(client, site.url(0));
        Cost run = product(site);
        if (i >= 0) {
          loops.add(loop);
          runs.add(run);
        }
      }
    }
    Cost loop = median(loops);
    Cost warm = median(runs);
    double commit = commit(product.database().dataSource());
    System.out.printf("%s, JDK %s%n", settings, Runtime.version());
    System.out.println("| a step | wall, ms | of a bare loop | less one commit, ms | CPU, ms |");
    System.out.println("|---|---|---|---|---|");
    row("bare loop", loop, loop, commit);
    row("run, warm (median)", warm, loop, commit);
    row("run, the first of the process", cold, loop, commit);
    System.out.printf(Locale.ROOT, "| one commit of the store (median) | %.3f | | | |%n", commit);
    if (settings.text("waits").equals("yes")) {
      waits("busy", 0);
      waits("slow", PAUSE);
    }
  }

  /** A run, from the claim to the outcome: all its requests and writes. */
  private Cost product(FleetProcess site) throws Exception {
    SimulatedFleet.Report before = site.report();
    long cpu = cpu();
    Duration took = took("bench");
    double used = (cpu() - cpu) / 1e6 / steps;
    SimulatedFleet.Report after = site.report();
    if (after.connections() - before.connections() > 1) {
      throw new IllegalStateException(
          after.connections() - before.connections() + " connections in one run");
    }
    return new Cost(took.toNanos() / 1e6 / steps, used);
  }

  private Duration took(String site) {
    Event outcome = product.backup(site);
    if (!outcome.data().state().equals("completed")) {
      throw new IllegalStateException("the run has failed: " + outcome.data().error());
    }
    return Duration.between(outcome.data().startedAt(), outcome.data().endedAt());
  }

  /** A loop that does nothing but send, and read HasRun. */
  private Cost bare(CloseableHttpClient client, URI url) throws Exception {
    ObjectMapper json = new ObjectMapper();
    long cpu = cpu();
    long begin = System.nanoTime();
    var start = json.readTree(post(client, url, "method=startBackup&profile=1")).path("data");
    String step = "method=stepBackup&backupid=" + start.path("backupid").asText();
    while (json.readTree(post(client, url, step)).path("data").path("HasRun").asBoolean()) {
      // the next one
    }
    return new Cost((System.nanoTime() - begin) / 1e6 / steps, (cpu() - cpu) / 1e6 / steps);
  }

  private static String post(CloseableHttpClient client, URI url, String body) throws Exception {
    HttpPost post = new HttpPost(url);
    post.setHeader("X-Akeeba-Auth", RunningProduct.SECRET);
    post.setEntity(new StringEntity(body, ContentType.APPLICATION_FORM_URLENCODED));
    return client.execute(
        post, answer -> EntityUtils.toString(answer.getEntity(), StandardCharsets.UTF_8));
  }

  /** Milliseconds of a transaction that updates one row of a run. */
  private static double commit(DataSource source) throws SQLException {
    List<Double> millis = new ArrayList<>();
    try (Connection connection = source.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update run set comment_text = ? where id = (select min(id) from run)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < COMMITS; i++) {
        long begin = System.nanoTime();
        update.setString(1, "commit " + i);
        update.executeUpdate();
        connection.commit();
        millis.add((System.nanoTime() - begin) / 1e6);
      }
      connection.setAutoCommit(true);
    }
    Collections.sort(millis);
    return millis.get(COMMITS / 2);
  }

  /** The run's time, of the least that its work and its waits take. */
  private void waits(String site, int pause) {
    double least = (WAITED_STEPS + 1) * WORK + WAITED_STEPS * pause;
    double took = took(site).toMillis();
    System.out.printf(
        Locale.ROOT,
        "| %d steps of %d ms, sleepTime %d | T / T_min %.3f (%.2f s / %.2f s) | | | |%n",
        WAITED_STEPS,
        WORK,
        pause,
        took / least,
        took / 1000,
        least / 1000);
  }

  private static Cost median(List<Cost> costs) {
    return new Cost(
        median(costs.stream().mapToDouble(Cost::wall).sorted().toArray()),
        median(costs.stream().mapToDouble(Cost::cpu).sorted().toArray()));
  }

  private static double median(double... sorted) {
    return sorted[sorted.length / 2];
  }

  private static void row(String name, Cost cost, Cost bare, double commit) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.1f | %.3f | %.3f |%n",
        name,
        cost.wall(),
        cost.wall() / bare.wall(),
        cost.wall() - commit,
        cost.cpu());
  }

  /** Nanoseconds of processor time of this process; the site has its own. */
  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
