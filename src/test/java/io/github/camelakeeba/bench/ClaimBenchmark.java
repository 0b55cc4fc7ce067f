package io.github.camelakeeba.bench;

import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.store.ActiveRuns;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.run.store.RunClaimer;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.util.FileUtil;

/**
 * What claiming all queued runs takes, each of a site and host of its own, H2 in a file. By hand:
 *
 * <pre>
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test
 *   "-Dexec.args=-Xmx512m -cp %classpath io.github.camelakeeba.bench.ClaimBenchmark 10000"
 * </pre>
 *
 * Argument: runs.
 */
public final class ClaimBenchmark {
  private ClaimBenchmark() {}

  /** Prints the milliseconds until the first runs are claimed, and until all are. */
  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("claim-benchmark");
    Clock clock = Clock.systemUTC();
    try (Database database = Database.file(folder, 10)) {
      database
          .jdbc()
          .update(
              """
              insert into run (id, site, host, state, trigger_kind, profile, description,
                comment_text, overrides, due_at, queued_at)
              select 'run-' || x, 'site-' || x, 'host-' || x, 'queued', 'schedule', 1, '', '', '{}',
                current_timestamp, current_timestamp
              from system_range(1, ?)
              """,
              runs);
      RunRepository store = new RunRepository(database, new SteadyClock(clock));
      RunClaimer claimer =
          new RunClaimer(
              database,
              new Limits(runs, 4, Duration.ZERO),
              "node",
              ClaimPolicy.ALL,
              new RunGuard(store, new StopRequests(database), clock),
              new ActiveRuns(),
              RunListener.NONE,
              Timings.SHIPPED,
              clock);
      long begin = System.nanoTime();
      int claimed = claimer.claimDue().size();
      System.out.printf("first %d claimed after %.0f ms%n", claimed, millisSince(begin));
      while (claimed < runs) {
        int more = claimer.claimDue().size();
        if (more == 0) {
          throw new IllegalStateException(claimed + " of " + runs + " were claimed");
        }
        claimed += more;
      }
      System.out.printf("all %d claimed after %.0f ms%n", claimed, millisSince(begin));
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
    System.exit(0);
  }

  private static double millisSince(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }
}
