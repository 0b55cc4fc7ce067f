package io.github.camelakeeba.chaos;

import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.ForeignBackup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Makes up faults. */
final class FaultGenerator {
  /** Longer than stepTimeout, shorter than deadAfter. */
  private static final Duration LONG_STEP = Duration.ofSeconds(5);

  private static final int LAST_OF_THE_DUMP = 4;

  /** The site never saw the call. */
  private static final Map<String, UnaryOperator<Fault>> TURNED_AWAY =
      Map.of(
          "reset", Fault::reset,
          "closed", Fault::closeWithoutAnswer,
          "503", Fault::html503,
          "503 with Retry-After", fault -> fault.html503(1),
          "429", fault -> fault.status429(1),
          "500", fault -> fault.page(500, "Internal Server Error"),
          "HTML 200", Fault::html200,
          "empty", Fault::emptyBody);

  /** The site did the work. */
  private static final Map<String, UnaryOperator<Fault>> UNHEARD =
      Map.ofEntries(
          Map.entry("reset", Fault::answerLost),
          Map.entry("closed", fault -> fault.closeWithoutAnswer().afterTheWork()),
          Map.entry("503", fault -> fault.html503().afterTheWork()),
          Map.entry("502", fault -> fault.page(502, "Bad Gateway").afterTheWork()),
          Map.entry("524", fault -> fault.page(524, "A Timeout Occurred").afterTheWork()),
          Map.entry("HTML 200", fault -> fault.html200().afterTheWork()),
          Map.entry("empty", fault -> fault.emptyBody().afterTheWork()),
          Map.entry("half a body", Fault::truncate),
          Map.entry("half the chunks", Fault::truncateChunks),
          Map.entry("too late", fault -> fault.delayAnswer(LONG_STEP)),
          Map.entry("reset, and it begins late", f -> f.lateWorker(Duration.ofMillis(200))),
          Map.entry("504 meanwhile", fault -> fault.gatewayTimeout(Duration.ofMillis(200))));

  private static final List<String> SLEEP_TIMES =
      List.of("250", "\"200\"", "-5", "\"abc\"", "null", "1.5");

  private final Random random;

  FaultGenerator(Random random) {
    this.random = random;
  }

  /** None to six. A killed worker is the first of them, since its step must be known. */
  List<InjectedFault> some() {
    List<InjectedFault> blows = new ArrayList<>();
    int from = 1;
    if (random.nextInt(3) == 0) {
      int step = step(1);
      blows.add(killed(step));
      from = step + 2;
    }
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      blows.add(other(from));
    }
    if (random.nextInt(10) == 0) {
      blows.add(fatal(from));
    }
    if (random.nextInt(5) == 0) {
      blows.add(startDuring(step(1)));
    }
    return blows;
  }

  private int step(int from) {
    return Math.min(
        FaultSequence.STEPS, from + random.nextInt(Math.max(1, FaultSequence.STEPS - from + 1)));
  }

  private InjectedFault killed(int step) {
    String place = "the worker of step " + step + " is killed";
    // the last answer before the loss says where: only from the files on it is exact to repeat
    ExpectedRecovery rescue =
        step <= LAST_OF_THE_DUMP + 1 ? ExpectedRecovery.ANEW : ExpectedRecovery.SAME;
    Fault fault = Fault.on("stepBackup").nth(step);
    boolean shows = random.nextInt(4) > 0;
    Fault killed = shows ? fault.workerKilled() : fault.workerKilledBeforeSaving();
    String ending = pick(List.of("reset", "502", "503", "504", "empty"));
    String name = place + (shows ? ", " : " before it saved, ") + ending;
    return switch (ending) {
      case "502" -> at(name, rescue, killed.page(502, "Bad Gateway"));
      case "503" -> at(name, rescue, killed.html503());
      case "504" -> at(name, rescue, killed.page(504, "Gateway Time-out"));
      case "empty" -> at(name, rescue, killed.emptyBody());
      default -> at(name, rescue, killed);
    };
  }

  private InjectedFault other(int from) {
    return switch (random.nextInt(12)) {
      case 0 -> lost("startBackup", 1, TURNED_AWAY, " on its way");
      case 1 -> lost("startBackup", 1, UNHEARD, " after the work");
      case 2, 3 -> lost("stepBackup", step(from), TURNED_AWAY, " on its way");
      case 4, 5, 6 -> lost("stepBackup", step(from), UNHEARD, " after the work");
      case 7 -> question();
      case 8 -> outage();
      case 9 -> longStep(step(from));
      case 10 -> somebodyElse();
      default -> oddity();
    };
  }

  private InjectedFault lost(
      String method, int nth, Map<String, UnaryOperator<Fault>> ways, String when) {
    String way = pick(ways.keySet().stream().sorted().toList());
    Fault fault = ways.get(way).apply(Fault.on(method).nth(nth));
    return at(method + " " + nth + ": " + way + when, ExpectedRecovery.SAME, fault);
  }

  private InjectedFault question() {
    String method = pick(List.of("getProfiles", "listBackups", "getBackupInfo", "download"));
    int times = 1 + random.nextInt(2);
    String way = pick(TURNED_AWAY.keySet().stream().sorted().toList());
    Fault fault = TURNED_AWAY.get(way).apply(Fault.on(method)).times(times);
    // an HTML page in place of the first contact may as well be a wrong address
    boolean wrong = method.equals("getProfiles") && way.equals("HTML 200");
    return at(
        method + ": " + way + " " + times + " times",
        wrong ? ExpectedRecovery.OVER : ExpectedRecovery.SAME,
        fault);
  }

  private InjectedFault outage() {
    int first = 3 + random.nextInt(10);
    int times = 2 + random.nextInt(4);
    return at(
        "the site is away for " + times + " calls from call " + first,
        ExpectedRecovery.SAME,
        Fault.onAny().nth(first).times(times).reset());
  }

  private InjectedFault longStep(int step) {
    return new InjectedFault(
        "step " + step + " works longer than we wait",
        ExpectedRecovery.SAME,
        site -> site.stepTime(step, LONG_STEP));
  }

  /** Another client's backup is running when ours is asked for, and ends, or was left lying. */
  private InjectedFault somebodyElse() {
    boolean ends = random.nextBoolean();
    return new InjectedFault(
        "somebody else's backup, " + (ends ? "which ends" : "which was abandoned"),
        ExpectedRecovery.SAME,
        site -> {
          ForeignBackup foreign = site.foreignBackup("backend");
          if (ends) {
            later(foreign::finish);
          } else {
            foreign.abandoned().idleFor(Duration.ofHours(1));
          }
        });
  }

  /**
   * Somebody else's backup begins while a worker of ours is inside: ours ends complete, and its
   * archive is destroyed.
   */
  private InjectedFault startDuring(int step) {
    boolean ends = random.nextBoolean();
    return new InjectedFault(
        FaultSequence.SOMEBODYS_START + " during step " + step + (ends ? ", which ends" : ""),
        ExpectedRecovery.ANEW,
        site ->
            site.fault(
                Fault.on("stepBackup")
                    .nth(step)
                    .inside(
                        () -> {
                          ForeignBackup foreign = site.foreignStart("backend");
                          if (ends) {
                            later(foreign::finish);
                          } else {
                            foreign.abandoned();
                          }
                        })));
  }

  private static void later(Runnable end) {
    CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(end);
  }

  private InjectedFault oddity() {
    int step = step(1);
    String sleepTime = pick(SLEEP_TIMES);
    return switch (random.nextInt(3)) {
      case 0 ->
          new InjectedFault(
              "sleepTime " + sleepTime, ExpectedRecovery.SAME, s -> s.sleepTimeJson(sleepTime));
      case 1 ->
          new InjectedFault(
              "a warning", ExpectedRecovery.SAME, site -> site.warnings(1, "A file is too large"));
      default ->
          at(
              "junk around the answer of step " + step,
              ExpectedRecovery.SAME,
              Fault.on("stepBackup")
                  .nth(step)
                  .junkBefore("<b>Notice</b> {} ")
                  .junkAfter("<!---->"));
    };
  }

  private InjectedFault fatal(int from) {
    int step = step(from);
    Fault fault = Fault.on("stepBackup").nth(step);
    return switch (random.nextInt(6)) {
      case 0 ->
          new InjectedFault(
              FaultSequence.ERROR + step, ExpectedRecovery.OVER, s -> s.failAt(step, "Disk full"));
      case 1 ->
          at(
              "the number goes back in step " + step,
              ExpectedRecovery.OVER,
              fault.jsonRewrite(json -> json.withObject("/data").put("stepNumber", 1)));
      case 2 ->
          at(
              "another backupid in step " + step,
              ExpectedRecovery.OVER,
              fault.jsonRewrite(json -> json.withObject("/data").put("backupid", "id-other")));
      case 3 ->
          new InjectedFault(
              "a wrong secret", ExpectedRecovery.OVER, site -> site.secret("Changed-Secret-9"));
      case 4 ->
          at(
              "a redirect to another site in step " + step,
              ExpectedRecovery.OVER,
              fault.redirect(302, "http://localhost:1/elsewhere"));
      default ->
          new InjectedFault(
              FaultSequence.SOMEBODYS_START + " after step " + step,
              ExpectedRecovery.OVER,
              site ->
                  site.fault(
                      fault.jsonRewrite(
                          json -> {
                            site.foreignStart("backend").abandoned();
                            return json;
                          })));
    };
  }

  private static InjectedFault at(String name, ExpectedRecovery rescue, Fault fault) {
    return new InjectedFault(name, rescue, site -> site.fault(fault));
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
