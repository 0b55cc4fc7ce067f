package io.github.camelakeeba.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Many simulated sites on one port, in a process of their own, so that their processor time is not
 * the product's: {@code /site-0/}, {@code /site-1/}, …. It writes its address to stdout; a line on
 * stdin is answered by a {@link Report} in JSON, the end of stdin ends it. No request is kept.
 *
 * <p>Arguments: sites, steps, milliseconds of a call's work, sleepTime in milliseconds.
 */
final class SimulatedFleet {
  /**
   * What the sites have seen so far; times are milliseconds since the epoch, 0: none yet.
   *
   * @param late by how many milliseconds a step came later than it was asked for, on the average of
   *     each 10 s since the first start
   */
  record Report(
      long calls,
      long starts,
      long steps,
      long firstStart,
      long lastStart,
      long lastCall,
      int connections,
      double cpuSeconds,
      long violationCount,
      List<String> violations,
      List<Long> late) {}

  private static final int SHOWN = 5;

  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong starts = new AtomicLong();
  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong firstStart = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong lastStart = new AtomicLong();
  private final AtomicLong lastCall = new AtomicLong();
  private final Lateness lateness = new Lateness();
  private final List<SimulatedSite> sites = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();

  private SimulatedFleet() {}

  /** See the class. */
  public static void main(String... arguments) throws IOException {
    SimulatedFleet fleet = new SimulatedFleet();
    try (SimulatedServer server = SimulatedServer.start()) {
      fleet.add(
          server,
          Integer.parseInt(arguments[0]),
          Integer.parseInt(arguments[1]),
          Long.parseLong(arguments[2]),
          Long.parseLong(arguments[3]));
      System.out.println(server.address());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      ObjectMapper json = new ObjectMapper();
      while (in.readLine() != null) {
        System.out.println(json.writeValueAsString(fleet.report(server)));
      }
    }
  }

  private void add(SimulatedServer server, int count, int stepCount, long work, long sleep) {
    for (int i = 0; i < count; i++) {
      Watch watch = new Watch(stepCount, sleep);
      watches.add(watch);
      sites.add(
          server
              .joomla("site-" + i)
              .secret(RunningProduct.SECRET)
              .steps(stepCount)
              .stepTime(Duration.ofMillis(work))
              .sleepTime(sleep)
              .recorder(watch::arrived));
    }
  }

  private Report report(SimulatedServer server) {
    List<String> violations = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      violations.addAll(sites.get(i).violations());
      violations.addAll(watches.get(i).violations());
    }
    long cpu =
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    return new Report(
        calls.get(),
        starts.get(),
        steps.get(),
        starts.get() == 0 ? 0 : firstStart.get(),
        lastStart.get(),
        lastCall.get(),
        server.connections(),
        cpu / 1e9,
        violations.size(),
        violations.subList(0, Math.min(SHOWN, violations.size())),
        lateness.means());
  }

  /** How late the steps come, by the time since the first start. */
  private static final class Lateness {
    private static final int SLOT_SECONDS = 10;
    private final List<long[]> slots = new ArrayList<>(); // nanoseconds, steps

    synchronized void add(long millisSinceFirstStart, long nanosLate) {
      int slot = (int) (millisSinceFirstStart / 1000 / SLOT_SECONDS);
      while (slots.size() <= slot) {
        slots.add(new long[2]);
      }
      slots.get(slot)[0] += nanosLate;
      slots.get(slot)[1]++;
    }

    synchronized List<Long> means() {
      return slots.stream().map(sum -> sum[0] / 1_000_000 / Math.max(1, sum[1])).toList();
    }
  }

  /** What one site sees in the order of its calls, besides what each simulated site checks. */
  private final class Watch {
    private final AtomicReference<RecordedRequest> before = new AtomicReference<>();
    private final List<String> violations = new ArrayList<>();
    private final int whole; // steps of a backup
    private final long sleepTime; // milliseconds
    private int left; // steps of the backup that runs

    Watch(int whole, long sleepTime) {
      this.whole = whole;
      this.sleepTime = sleepTime;
    }

    void arrived(RecordedRequest request) {
      long now = Instant.now().toEpochMilli();
      calls.incrementAndGet();
      lastCall.accumulateAndGet(now, Math::max);
      switch (request.method()) {
        case "startBackup" -> {
          starts.incrementAndGet();
          firstStart.accumulateAndGet(now, Math::min);
          lastStart.accumulateAndGet(now, Math::max);
          begin(request);
        }
        case "stepBackup" -> {
          steps.incrementAndGet();
          step(request);
        }
        default -> {}
      }
    }

    private void begin(RecordedRequest request) {
      before.set(request);
      synchronized (violations) {
        if (left > 0) {
          violations.add("a start while a backup was running: " + request.path());
        }
        left = whole;
      }
    }

    private void step(RecordedRequest request) {
      RecordedRequest last = before.getAndSet(request);
      synchronized (violations) {
        left--;
        if (last == null) {
          violations.add("a step before any start: " + request.path());
        } else if (last.answeredNanos() < 0) {
          violations.add("a call while one was in flight: " + request.path());
        } else if (request.arrivedNanos() - last.answeredNanos() < sleepTime * 1_000_000) {
          violations.add("a step before sleepTime had passed: " + request.path());
        } else {
          lateness.add(
              Instant.now().toEpochMilli() - firstStart.get(),
              request.arrivedNanos() - last.answeredNanos() - sleepTime * 1_000_000);
        }
      }
    }

    List<String> violations() {
      synchronized (violations) {
        return List.copyOf(violations);
      }
    }
  }
}
