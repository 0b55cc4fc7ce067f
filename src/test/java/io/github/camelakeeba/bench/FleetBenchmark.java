package io.github.camelakeeba.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.store.Database;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.util.FileUtil;

/**
 * The night's wave: a {@code serve} backs up all sites at once, each with so many steps. Program,
 * sites and PostgreSQL are processes of their own, whose processor time is shown apart. By hand:
 *
 * <pre>
 * mvn -q -Pbench test -Dbench=FleetBenchmark
 * mvn -q -Pbench test -Dbench=FleetBenchmark -Dargs="sites=10000 store=postgres heap=700m"
 * </pre>
 *
 * Arguments: {@code sites}; {@code store}, h2 or postgres; {@code steps} of a backup; {@code work},
 * milliseconds that a call takes on the site; {@code sleep}, milliseconds that the site asks to
 * wait after each; {@code heap} and further {@code jvm} options (separated by commas) of the
 * program; {@code by}: a schedule of one second for all, or api: a request each by 4 callers;
 * {@code pool}, connections to the store; {@code lead}, seconds from the program's start to the
 * schedule's second; {@code warm}: so many backups of other sites, without work and waits, before
 * the wave, which is then that of a process whose code is compiled; {@code script}: yes starts the
 * program as its users do, by the start script of the unpacked distribution ({@code mvn -q package
 * -DskipTests}) and with its archive of classes; {@code limit}, seconds after which a wave is
 * broken off, and the figures so far are printed. Each half minute stderr tells how far it is.
 *
 * <p>The time counts from the schedule's second, or the first request, to the end of the last run.
 * T_min is that of a site alone in a program that costs nothing: the work of its calls and the
 * waits between them. What a call costs a program that is warm is counted from the moment in which
 * half of the steps are done.
 */
public final class FleetBenchmark {
  private static final int CALLERS = 4;
  private static final int OWN_FILES = 500; // of the program itself: jars, store, log
  private static final long OTHER_CALLS = 6; // of a run: its start, two before it, three after it
  private static final Duration PROGRESS = Duration.ofSeconds(30);

  private final Settings settings;
  private final int sites;
  private final Duration shortest;
  private final Path home = Files.createTempDirectory("fleet-benchmark");
  private final FleetProcess fleet;
  private final FleetProcess warmFleet;
  private final BenchPostgres postgres;

  /** What is known at one instant; CPU in seconds. */
  private record Sample(
      SimulatedFleet.Report seen,
      double product,
      double store,
      BenchPostgres.Work work,
      long peakMib) {}

  /** How the runs ended, by the store. */
  private record Ending(long completed, long others, Instant lastEnd) {}

  private FleetBenchmark(Settings settings) throws Exception {
    this.settings = settings;
    sites = settings.number("sites");
    int steps = settings.number("steps");
    int work = settings.number("work");
    int sleep = settings.number("sleep");
    shortest = Duration.ofMillis((steps + 1L) * work + (long) steps * sleep);
    fleet = new FleetProcess(sites, steps, work, sleep);
    warmFleet = new FleetProcess(settings.number("warm"), steps, 0, 0);
    postgres = settings.text("store").equals("postgres") ? new BenchPostgres() : null;
  }

  /** Prints one table. */
  public static void main(String... arguments) throws Exception {
    System.setProperty("backup.log.level", "error");
    Settings settings =
        new Settings(
            arguments,
            "sites",
            "1000",
            "store",
            "h2",
            "steps",
            "20",
            "work",
            "1000",
            "sleep",
            "3000",
            "heap",
            "256m",
            "jvm",
            "",
            "by",
            "schedule",
            "pool",
            "10",
            "lead",
            "30",
            "warm",
            "0",
            "script",
            "no",
            "limit",
            "0");
    requireFiles(settings.number("sites") + OWN_FILES);
    FleetBenchmark benchmark = new FleetBenchmark(settings);
    try {
      benchmark.run();
    } finally {
      benchmark.fleet.close();
      benchmark.warmFleet.close();
      if (benchmark.postgres != null) {
        benchmark.postgres.close();
      }
      FileUtil.removeDir(benchmark.home.toFile());
    }
    System.exit(0);
  }

  private static void requireFiles(long needed) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        && unix.getMaxFileDescriptorCount() < needed) {
      throw new IllegalStateException(
          "a process may open %d files here, and each site is a connection: raise the hard limit (ulimit -Hn) to %d"
              .formatted(unix.getMaxFileDescriptorCount(), needed));
    }
  }

  private void run() throws Exception {
    if (settings.text("script").equals("yes")) {
      configure(null);
      StartScript.find(System.getProperty("java.home")).makeArchive(home);
    }
    Instant started = Instant.now();
    boolean api = settings.text("by").equals("api");
    Instant due = started.plusSeconds(settings.number("lead")).truncatedTo(ChronoUnit.SECONDS);
    configure(api ? null : due);
    try (ServeProcess serve = serve()) {
      URI address = serve.address();
      ProcessFigures figures = serve.figures();
      Duration start = Duration.between(started, Instant.now());
      double startCpu = figures.cpuSeconds();
      warm(address);
      if (api) {
        due = Instant.now();
      } else if (Instant.now().isAfter(due)) {
        throw new IllegalStateException(
            "the start took %d s: give a longer lead".formatted(start.toSeconds()));
      } else {
        pause(Duration.between(Instant.now(), due));
      }
      Sample before = sample(figures);
      if (api) {
        request(address, "site-", sites);
        System.out.printf(
            "%d requests a second%n",
            sites * 1000L / Math.max(1, Duration.between(due, Instant.now()).toMillis()));
      }
      long threads = 0;
      Sample last = before;
      Sample half = before;
      Instant limit = limit(due);
      Instant told = due;
      while (!quiet(last) && Instant.now().isBefore(limit) && serve.isAlive()) {
        pause(Duration.ofSeconds(1));
        threads = Math.max(threads, figures.threads());
        if (fleet.report().calls() > last.seen().calls()) {
          last = sample(figures);
        }
        if (last.seen().steps() < sites * (long) settings.number("steps") / 2) {
          half = last;
        }
        if (Instant.now().isAfter(told.plus(PROGRESS))) {
          told = Instant.now();
          tell(due, last);
        }
      }
      String command = serve.command();
      boolean alive = serve.isAlive();
      serve.stop();
      print(start, startCpu, due, before, half, last, threads);
      if (!alive) {
        System.out.println("the program has ended by itself: " + command);
        serve.lastLines(20).forEach(System.out::println);
      }
    }
  }

  private Instant limit(Instant due) {
    int seconds = settings.number("limit");
    return seconds > 0
        ? due.plusSeconds(seconds)
        : due.plus(shortest.multipliedBy(3)).plusSeconds(300);
  }

  private void tell(Instant due, Sample last) {
    System.err.printf(
        Locale.ROOT,
        "after %.0f s: %d starts, %d calls, %d violations, CPU %.0f s%n",
        since(due, Instant.now()),
        last.seen().starts(),
        last.seen().calls(),
        last.seen().violationCount(),
        last.product());
  }

  private void configure(Instant due) throws IOException {
    Path config = Files.createDirectories(home.resolve("config"));
    StringBuilder yaml = new StringBuilder("defaults:\n  secret: ");
    yaml.append(RunningProduct.SECRET).append("\n  zone: UTC\n");
    yaml.append("limits: {concurrent: %d, perHost: 4, spread: 0s}%nsites:%n".formatted(sites));
    for (int i = 0; i < sites; i++) {
      yaml.append(
          "  site-%d: {url: \"%s\", host: web-%d%s}%n"
              .formatted(i, fleet.url(i), i, schedule(due)));
    }
    for (int i = 0; i < settings.number("warm"); i++) {
      yaml.append("  warm-%d: {url: \"%s\", host: web-%d}%n".formatted(i, warmFleet.url(i), i));
    }
    Files.writeString(config.resolve("sites.yaml"), yaml);
    String properties =
        """
        backup.api.token = %s
        backup.api.port = 0
        backup.api.rate = 0
        backup.database.poolSize = %s
        """
            .formatted(RunningProduct.TOKEN, settings.text("pool"));
    if (postgres != null) {
      properties +=
          "backup.database.url = %s%nbackup.database.user = postgres%n".formatted(postgres.url());
    }
    Files.writeString(config.resolve("application.properties"), properties);
  }

  private static String schedule(Instant due) {
    if (due == null) {
      return "";
    }
    ZonedDateTime utc = due.atZone(ZoneOffset.UTC);
    return ", schedule: \"%d %d %d * * ?\""
        .formatted(utc.getSecond(), utc.getMinute(), utc.getHour());
  }

  private ServeProcess serve() throws IOException {
    boolean script = settings.text("script").equals("yes");
    return new ServeProcess(home, settings.text("heap"), settings.text("jvm"), script);
  }

  private void warm(URI address) throws Exception {
    int backups = settings.number("warm");
    request(address, "warm-", backups);
    while (warmFleet.report().calls() < backups * (settings.number("steps") + OTHER_CALLS)) {
      pause(Duration.ofMillis(200));
    }
  }

  private void request(URI address, String names, int count) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    AtomicInteger next = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Thread caller =
          new Thread(
              () -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                  post(client, address.resolve("/api/backups"), names + n);
                }
              });
      caller.start();
      callers.add(caller);
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private static void post(HttpClient client, URI address, String site) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + RunningProduct.TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"site\":\"" + site + "\"}"))
            .build();
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 202) {
        throw new IllegalStateException(site + " was refused with " + status);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Sample sample(ProcessFigures product) throws IOException, SQLException {
    return new Sample(
        fleet.report(),
        product.cpuSeconds(),
        postgres == null ? 0 : postgres.figures().cpuSeconds(),
        postgres == null ? BenchPostgres.Work.NONE : postgres.work(),
        product.peakMib());
  }

  /**
   * Whether all is over: for longer than a wait between two calls nobody has called, or, where
   * calls are missing, for a minute more, since a busy machine may stand still for some seconds.
   */
  private boolean quiet(Sample last) {
    int steps = settings.number("steps");
    boolean all = last.seen().calls() >= sites * (steps + OTHER_CALLS);
    long wait = settings.number("work") + settings.number("sleep") + (all ? 5_000L : 65_000L);
    return last.seen().starts() >= sites
        && System.currentTimeMillis() - last.seen().lastCall() > wait;
  }

  private void print(
      Duration start,
      double startCpu,
      Instant due,
      Sample before,
      Sample half,
      Sample last,
      long threads)
      throws SQLException {
    Ending ending = ending();
    SimulatedFleet.Report seen = last.seen();
    double took = since(due, ending.lastEnd());
    double product = last.product() - before.product();
    double theirs = seen.cpuSeconds() - before.seen().cpuSeconds();
    double store = last.store() - before.store();
    double cores = Runtime.getRuntime().availableProcessors();
    System.out.printf("%s, JDK %s, %.0f cores%n", settings, Runtime.version(), cores);
    System.out.println("| figure | value |\n|---|---|");
    row("runs completed, others", "%d, %d", ending.completed(), ending.others());
    row("violations on the sites' side", "%d %s", seen.violationCount(), seen.violations());
    row("T / T_min", "%.3f (%.1f s / %.1f s)", took / seconds(shortest), took, seconds(shortest));
    row("T / (CPU of all / cores)", "%.2f", took / ((product + theirs + store) / cores));
    row(
        "first start, last start",
        "%.1f s, %.1f s",
        since(due, Instant.ofEpochMilli(seen.firstStart())),
        since(due, Instant.ofEpochMilli(seen.lastStart())));
    row(
        "last call, last end",
        "%.1f s, %.1f s",
        since(due, Instant.ofEpochMilli(seen.lastCall())),
        took);
    row("a step later than asked, mean of each 10 s from the first start", "%s ms", seen.late());
    row("calls, connections", "%d, %d", seen.calls(), seen.connections());
    row("CPU of program, sites, store", "%.1f s, %.1f s, %.1f s", product, theirs, store);
    row(
        "CPU of a call: program, sites, store",
        "%.3f ms, %.3f ms, %.3f ms",
        product * 1000 / seen.calls(),
        theirs * 1000 / seen.calls(),
        store * 1000 / seen.calls());
    double warm = last.product() - half.product();
    long warmCalls = Math.max(1, seen.calls() - half.seen().calls());
    row("CPU of a call in the second half: program", "%.3f ms", warm * 1000 / warmCalls);
    if (postgres != null) {
      BenchPostgres.Work work = last.work().less(before.work());
      double calls = seen.calls();
      row(
          "PostgreSQL, a call: commits, rows written, WAL",
          "%.2f, %.2f, %.1f KiB",
          work.commits() / calls,
          work.rows() / calls,
          work.walBytes() / calls / 1024);
      row("PostgreSQL, bytes of an ended run's row", "%.0f", postgres.bytesOfRun());
    }
    row("RSS peak", "%d MiB", last.peakMib());
    row("platform threads, at most", "%d", threads);
    row("start until ready, its CPU", "%.1f s, %.1f s", seconds(start), startCpu);
  }

  private static void row(String name, String format, Object... values) {
    System.out.printf(Locale.ROOT, "| " + name + " | " + format + " |%n", values);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  /** NaN: it has not come, which is told as the epoch. */
  private static double since(Instant due, Instant then) {
    return then.equals(Instant.EPOCH)
        ? Double.NaN
        : Duration.between(due, then).toMillis() / 1000.0;
  }

  private Ending ending() {
    try (Database store =
        postgres == null
            ? Database.file(home.resolve("data"), 4)
            : Database.open(postgres.url(), "postgres", null, 4)) {
      return store
          .jdbc()
          .queryForObject(
              """
              select count(case when state = 'completed' then 1 end),
                count(case when state = 'completed' then null else 1 end), max(ended_at) from run
              where site like 'site-%'
              """,
              (row, number) ->
                  new Ending(
                      row.getLong(1),
                      row.getLong(2),
                      row.getTimestamp(3) == null
                          ? Instant.EPOCH
                          : row.getTimestamp(3).toInstant()));
    }
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
