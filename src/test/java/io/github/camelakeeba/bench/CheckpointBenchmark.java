package io.github.camelakeeba.bench;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import io.github.camelakeeba.run.Run;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.util.FileUtil;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the store takes of a step, for so many runs at once: the question before the step, and the
 * checkpoint after it. Beside it the cost of a commit: the smallest update, by one caller. By hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=CheckpointBenchmark -Dargs="h2 1 10 100 1000 1000/500"</pre>
 *
 * Arguments: {@code h2} (in a file) or {@code postgres}, then numbers of runs, which step as fast
 * as they can, or after a slash with a call of so many milliseconds between two checkpoints. The
 * processor time is that of this process: PostgreSQL's own comes on top.
 */
public final class CheckpointBenchmark {
  private static final long WARM_UP = 3_000_000_000L; // nanoseconds
  private static final long MEASURED = 4_000_000_000L;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Database database;
  private final RunRepository store;
  private final RunGuard guard;
  private final LongAdder transactions = new LongAdder();

  private CheckpointBenchmark(Database database) {
    this.database = database;
    this.store = new RunRepository(database, new SteadyClock(Clock.systemUTC()));
    this.guard = new RunGuard(store, new StopRequests(database), Clock.systemUTC());
  }

  /** Prints one table. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("checkpoint-benchmark");
    try (Database database =
        arguments[0].equals("h2")
            ? Database.file(folder, 10)
            : new SampleStore().open(arguments[0], 10)) {
      CheckpointBenchmark benchmark = new CheckpointBenchmark(database);
      benchmark.countTransactions();
      benchmark.stepFor(10_000_000_000L); // compiled, whatever the load is
      benchmark.commit();
      System.out.printf(
          "%-22s %10s %12s %14s %16s%n",
          arguments[0], "steps/s", "ms a step", "CPU us a step", "steps a commit");
      for (int i = 1; i < arguments.length; i++) {
        String[] load = arguments[i].split("/");
        int runs = Integer.parseInt(load[0]);
        int call = load.length == 1 ? 0 : Integer.parseInt(load[1]);
        benchmark.measure(runs, call, 0);
        benchmark.measure(runs, call, 1);
      }
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
    System.exit(0);
  }

  /** Of the pool: a transaction borrows one connection, whatever it consists of. */
  private void countTransactions() {
    database
        .dataSource()
        .setMetricsTrackerFactory(
            (pool, stats) ->
                new IMetricsTracker() {
                  @Override
                  public void recordConnectionUsageMillis(long elapsed) {
                    transactions.increment();
                  }
                });
  }

  private void stepFor(long nanos) throws Exception {
    ExecutorService threads = threads();
    long end = System.nanoTime() + nanos;
    for (Run run : runs(100, 1)) {
      threads.submit(() -> step(run, 0, end, new AtomicLong()));
    }
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.MINUTES);
  }

  private void commit() {
    JdbcTemplate jdbc = database.jdbc();
    for (String round : List.of("warm-up", "one commit")) {
      int count = 0;
      long cpu = SYSTEM.getProcessCpuTime();
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < MEASURED / 2) {
        count++;
        jdbc.update("update latch set name = 'claim' where name = 'claim'");
      }
      System.out.printf(
          "%-22s %10.0f %12.3f %14.0f%n",
          round,
          count * 1e9 / (System.nanoTime() - begin),
          (System.nanoTime() - begin) / 1e6 / count,
          (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / count);
    }
  }

  /** Runs that step without a pause, or with one (milliseconds): then the call is noted apart. */
  private void measure(int runs, int call, long pause) throws Exception {
    List<Run> all = runs(runs, pause);
    ExecutorService threads = threads();
    AtomicLong steps = new AtomicLong();
    long end = System.nanoTime() + WARM_UP + MEASURED;
    List<Future<?>> done = new ArrayList<>();
    for (Run run : all) {
      done.add(threads.submit(() -> step(run, call, end, steps)));
    }
    Thread.sleep(WARM_UP / 1_000_000);
    long before = steps.get();
    long transactionsBefore = transactions.sum();
    long cpu = SYSTEM.getProcessCpuTime();
    long begin = System.nanoTime();
    Thread.sleep(MEASURED / 1_000_000);
    double count = steps.get() - before;
    double nanos = System.nanoTime() - begin;
    System.out.printf(
        "%-22s %10.0f %12.3f %14.0f %16.2f%n",
        "%s runs%s%s".formatted(runs, call == 0 ? "" : "/" + call, pause == 0 ? "" : ", pause"),
        count * 1e9 / nanos,
        nanos / 1e6 / count * runs - call,
        (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / count,
        count / (transactions.sum() - transactionsBefore));
    for (Future<?> each : done) {
      each.get();
    }
    threads.shutdown();
  }

  private Void step(Run claimed, int call, long end, AtomicLong steps) throws Exception {
    Run run = claimed;
    Thread.sleep(ThreadLocalRandom.current().nextInt(call + 1)); // not all in step
    while (System.nanoTime() < end) {
      run = guard.checkStillOwner(run);
      if (call > 0) {
        Thread.sleep(call);
      }
      run = store.checkpoint(run.with(run.journal().responseReceived()));
      steps.incrementAndGet();
    }
    return null;
  }

  private List<Run> runs(int count, long pause) {
    database.jdbc().update("delete from run");
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "site-%05d@2026-11-22T02:30:00Z".formatted(i);
      runs.add(SampleRuns.stepping(database, store, id, pause));
    }
    return runs;
  }

  private static ExecutorService threads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return Executors.newCachedThreadPool();
    }
  }
}
