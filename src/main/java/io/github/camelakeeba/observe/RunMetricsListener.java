package io.github.camelakeeba.observe;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.run.CallJournal;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;

/** Counts what this process does for requests and runs, and how long it takes, from its start. */
final class RunMetricsListener implements RunListener, RouteTimingNotifier.Listener {
  private static final String STEP = "stepBackup";
  private static final String START = "startBackup";

  /** The routes that send a call, once. */
  private static final Map<String, String> CALLS =
      Map.of("backup-start", START, "backup-step", STEP);

  /** The routes that find out what became of a lost call. */
  private static final Map<String, String> RECOVERIES =
      Map.of("backup-recover-start", START, "backup-recover-step", STEP);

  private static final Duration[] STEPS =
      buckets(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000);
  private static final Duration[] LAGS =
      buckets(1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000);

  private static final Duration[] RUNS =
      buckets(
          10_000,
          30_000,
          60_000,
          120_000,
          300_000,
          600_000,
          1_200_000,
          1_800_000,
          3_600_000,
          7_200_000,
          14_400_000,
          21_600_000,
          43_200_000,
          86_400_000);

  private final MeterRegistry registry;
  private final Clock clock;

  RunMetricsListener(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    for (RunState end : List.of(RunState.COMPLETED, RunState.WARNING, RunState.FAILED)) {
      ends(end);
      duration(end);
    }
    for (String trigger : List.of("schedule", "event", "api", "command", "watch")) {
      lag(trigger);
      List.of("accepted", "joined", "refused").forEach(result -> requests(trigger, result));
    }
    RECOVERIES.values().forEach(this::recoveries);
    for (String call : List.of(START, STEP)) {
      List.of("answered", "error", "lost").forEach(result -> calls(call, result));
    }
    steps();
  }

  private static Duration[] buckets(long... millis) {
    return LongStream.of(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  private Counter ends(RunState state) {
    return counter(
        "backup.runs.ended", "Runs that ended in this process", Tags.of("state", state.word()));
  }

  private Counter requests(String trigger, String result) {
    return counter(
        "backup.requests",
        "Requests for backups that came to this process, by their way in",
        Tags.of("trigger", trigger, "result", result));
  }

  private Counter recoveries(String call) {
    return counter(
        "backup.recoveries",
        "Times that this process found out what became of a call without an answer",
        Tags.of("call", call));
  }

  private Counter calls(String method, String result) {
    return counter(
        "backup.calls",
        "Calls that start or step a backup, by whether their answer came",
        Tags.of("method", method, "result", result));
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private Timer steps() {
    return Timer.builder("backup.step")
        .description("From a step's call to its answer")
        .serviceLevelObjectives(STEPS)
        .register(registry);
  }

  private Timer duration(RunState state) {
    return Timer.builder("backup.run.duration")
        .description("From a run's first claim to its end")
        .tag("state", state.word())
        .serviceLevelObjectives(RUNS)
        .register(registry);
  }

  private Timer lag(String trigger) {
    return Timer.builder("backup.schedule.lag")
        .description("From the time at which a run was due until it was first claimed")
        .tag("trigger", trigger)
        .serviceLevelObjectives(LAGS)
        .register(registry);
  }

  @Override
  public void accepted(String trigger, boolean made) {
    requests(trigger, made ? "accepted" : "joined").increment();
  }

  @Override
  public void refused(String trigger) {
    requests(trigger, "refused").increment();
  }

  @Override
  public void claimed(Run run) {
    if (run.claim() == 1) { // later ones go on with it
      Duration late = Duration.between(run.request().dueAt(), clock.instant());
      lag(run.request().trigger()).record(late.isNegative() ? Duration.ZERO : late);
    }
  }

  @Override
  public void ended(Run run) {
    ends(run.state()).increment();
    if (run.startedAt() != null) { // else it was stopped in the queue
      Duration took = Duration.between(run.startedAt(), run.endedAt());
      duration(run.state()).record(took.isNegative() ? Duration.ZERO : took);
    }
  }

  @Override
  public void routeCompleted(Exchange exchange, String route, Duration took) {
    Exception thrown = exchange.getException();
    if (thrown != null && !(thrown instanceof AkeebaException)) {
      return;
    }
    if (CALLS.containsKey(route)) {
      String result = thrown == null ? result(exchange) : "error";
      if (result == null) {
        return;
      }
      calls(CALLS.get(route), result).increment();
      if (result.equals("answered") && route.equals("backup-step")) {
        steps().record(took);
      }
    } else if (RECOVERIES.containsKey(route)) {
      recoveries(RECOVERIES.get(route)).increment();
    }
  }

  /**
   * A gateway's page is a response, but none of the site: what the route made of it decides. Null:
   * nothing was sent.
   */
  private static String result(Exchange exchange) {
    CallJournal journal = exchange.getMessage().getBody(Run.class).journal();
    if (journal.reached(SendState.WITHHELD)) {
      return null;
    }
    return !journal.unresolved() ? "answered" : journal.cause() == null ? "error" : "lost";
  }
}
