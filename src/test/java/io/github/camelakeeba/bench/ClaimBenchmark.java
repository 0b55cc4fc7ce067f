package io.github.camelakeeba.bench;

import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.store.ActiveRuns;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.run.store.NodeHeartbeat;
import io.github.camelakeeba.run.store.RunClaimer;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.SampleRuns;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import io.github.camelakeeba.time.SteadyClock;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.util.FileUtil;

/**
 * What claiming all queued runs takes. By hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=ClaimBenchmark -Dargs="10000 h2 10000"</pre>
 *
 * Arguments: runs, each of a site of its own; {@code h2} (in a file) or {@code postgresql}; web
 * hosts that they are on, four at once on each. With fewer hosts than a quarter of the runs the
 * rest waits, and what a claim costs that finds nothing is shown too.
 */
public final class ClaimBenchmark {
  private static final int PER_HOST = 4;
  private static final int IDLE_CLAIMS = 50;

  private final Database database;
  private final int runs;
  private final int hosts;
  private final ActiveRuns active = new ActiveRuns();
  private final RunClaimer claimer;

  private ClaimBenchmark(Database database, int runs, int hosts) {
    this.database = database;
    this.runs = runs;
    this.hosts = hosts;
    Clock clock = Clock.systemUTC();
    RunRepository store = new RunRepository(database, new SteadyClock(clock));
    new NodeHeartbeat(database, "node", Timings.SHIPPED, System::nanoTime).begin();
    claimer =
        new RunClaimer(
            database,
            () -> new Limits(runs, PER_HOST, Duration.ZERO),
            "node",
            ClaimPolicy.ALL,
            new RunGuard(store, new StopRequests(database), clock),
            active,
            RunListener.NONE,
            Timings.SHIPPED,
            clock);
  }

  /** Prints wall and CPU time until the first runs are claimed, and until all are. */
  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    int hosts = Integer.parseInt(arguments[2]);
    if (arguments[1].equals("h2")) {
      Path folder = Files.createTempDirectory("claim-benchmark");
      try (Database database = Database.file(folder, 10)) {
        new ClaimBenchmark(database, runs, hosts).measure();
      } finally {
        FileUtil.removeDir(folder.toFile());
      }
    } else {
      try (Database database = new SampleStore().open(arguments[1], 10)) {
        new ClaimBenchmark(database, runs, hosts).measure();
      }
    }
    System.exit(0);
  }

  /** As if each run of the batch had its start behind it. */
  private int claimBatch() {
    List<Run> batch = claimer.claimBatch();
    batch.forEach(active::started);
    return batch.size();
  }

  private void measure() {
    SampleRuns.queue(database, runs, hosts);
    Cost begin = cost();
    int claimed = claimBatch();
    print("the first " + claimed, begin, 1);
    int more;
    do {
      more = claimBatch();
      claimed += more;
    } while (more > 0);
    print("all " + claimed, begin, 1);
    if (claimed < runs && hosts * PER_HOST >= runs) {
      throw new IllegalStateException(claimed + " of " + runs + " were claimed");
    }
    begin = cost();
    for (int i = 0; i < IDLE_CLAIMS; i++) {
      claimer.claimBatch();
    }
    print("a claim that finds nothing", begin, IDLE_CLAIMS);
  }

  /** Nanoseconds; the CPU time is that of this process and, with PostgreSQL, of its processes. */
  private record Cost(long wall, long cpu) {}

  private Cost cost() {
    long own =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime();
    return new Cost(System.nanoTime(), own + serverCpu());
  }

  private long serverCpu() {
    return database.embedded()
        ? 0
        : database.jdbc().queryForList("select pid from pg_stat_activity", Long.class).stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .mapToLong(process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
            .sum();
  }

  private void print(String what, Cost begin, int times) {
    Cost end = cost();
    System.out.printf(
        "%-28s %8.1f ms, CPU %8.1f ms%n",
        what, (end.wall - begin.wall) / 1e6 / times, (end.cpu - begin.cpu) / 1e6 / times);
  }
}
