package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer does not come, or what comes is none: the backup goes on all the same. */
@Tag("slow")
@Tag("fault")
class LostAnswerTest {
  /** The runs of all tests go on side by side, since they wait more than they work. */
  private static final int AT_ONCE = 5;

  /** For all of them, however busy the machine is. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @RegisterExtension
  static final Sites SITES =
      new Sites(110, "stepTimeout: 2s", "deadAfter: 1s", "maxDuration: 1m").atOnce(AT_ONCE);

  private static final Map<String, Begun> BEGUN = new LinkedHashMap<>();

  /** A run that has been asked for, and its site. */
  private record Begun(SimulatedSite site, Run run) {
    static Begun of(UnaryOperator<SimulatedSite> faults) {
      Sites.Taken shop = SITES.take();
      faults.apply(shop.site());
      return new Begun(shop.site(), shop.product().request(shop.name()));
    }

    Event outcome() {
      return SITES.product().outcome(run.id());
    }
  }

  /** A request that meets a fault: the nth of its method. The plan has ten steps. */
  private record Place(String name, String method, int nth) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Case(String name, boolean worked, UnaryOperator<Fault> fault) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Place> PLACES =
      List.of(
          new Place("start", "startBackup", 1),
          new Place("installer", "stepBackup", 1),
          new Place("dump", "stepBackup", 4),
          new Place("packing", "stepBackup", 6),
          new Place("finale", "stepBackup", 8),
          new Place("last", "stepBackup", 10));

  private static final List<Case> CASES =
      List.of(
          new Case("HTTP 503 with Retry-After", false, fault -> fault.html503(0)),
          new Case("HTTP 429 of a gateway", false, fault -> fault.status429(0)),
          new Case("answer lost", true, Fault::answerLost),
          new Case("closed after the work", true, f -> f.closeWithoutAnswer().afterTheWork()),
          new Case("empty after the work", true, fault -> fault.emptyBody().afterTheWork()),
          new Case("half a body", true, Fault::truncate),
          new Case("half the chunks", true, Fault::truncateChunks),
          new Case("HTML 200 after the work", true, fault -> fault.html200().afterTheWork()),
          new Case(
              "junk after the work",
              true,
              fault -> fault.answer(200, "text/plain", "]]}{\"status\":").afterTheWork()),
          new Case("500 after the work", true, f -> f.page(500, "Oops").afterTheWork()),
          new Case("502 after the work", true, f -> f.page(502, "Bad Gateway").afterTheWork()),
          new Case("524 after the work", true, f -> f.page(524, "A Timeout").afterTheWork()),
          new Case(
              "504 while the worker goes on",
              true,
              fault -> fault.gatewayTimeout(Duration.ofMillis(50))),
          new Case("a byte at a time", true, Fault::trickle),
          new Case(
              "later than stepTimeout", true, fault -> fault.delayAnswer(Duration.ofSeconds(5))));

  static Stream<Arguments> cases() {
    return PLACES.stream()
        .flatMap(place -> CASES.stream().map(fault -> Arguments.of(place, fault)));
  }

  @BeforeAll
  static void begin() {
    // the longest first
    BEGUN.put(
        "late",
        Begun.of(
            site ->
                site.steps(10)
                    .minExecTime(Duration.ofMillis(500))
                    .fault(
                        Fault.on("stepBackup")
                            .nth(4)
                            .lateWorker(Duration.ofMillis(300))
                            .times(3))));
    BEGUN.put(
        "behind",
        Begun.of(
            site ->
                site.steps(10)
                    .minExecTime(Duration.ofMillis(500))
                    .proxySkew(Duration.ofSeconds(5))
                    .stepTime(Duration.ofMillis(700))
                    .fault(
                        Fault.on("stepBackup")
                            .nth(3)
                            .gatewayTimeout(Duration.ofMillis(50))
                            .times(3))));
    for (Place place : PLACES) {
      for (Case fault : CASES) {
        BEGUN.put(
            place + ": " + fault,
            Begun.of(
                site ->
                    site.steps(10)
                        .stepTime(Duration.ofMillis(20))
                        .fault(fault.fault().apply(Fault.on(place.method()).nth(place.nth())))));
      }
    }
    for (int step : STEPS) {
      Fault fault = step == 0 ? Fault.on("startBackup") : Fault.on("stepBackup").nth(step);
      BEGUN.put("step " + step, Begun.of(site -> site.steps(15).fault(fault.answerLost())));
    }
    await()
        .atMost(LONGEST)
        .until(
            () ->
                SITES
                        .product()
                        .jdbc()
                        .queryForObject(
                            "select count(*) from run where outcome is null", Integer.class)
                    == 0);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void the_same_backup_goes_on_to_a_good_end(Place place, Case fault) {
    Begun begun = BEGUN.get(place + ": " + fault);
    SimulatedSite site = begun.site();

    Event outcome = begun.outcome();

    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts())
        .isEqualTo(fault.worked() || place.nth() > 1 ? 1 : outcome.data().attempts());
    assertThat(outcome.data().recoveries()).isEqualTo(1);
    assertThat(outcome.data().steps()).isEqualTo(10);
    assertThat(site.archiveBroken(outcome.data().recordId())).isFalse();
    assertThat(site.violations()).isEmpty();
    if (fault.worked()) {
      String call = place.method().equals("startBackup") ? "startBackup" : "step " + place.nth();
      assertThat(outcome.data().warnings().texts())
          .containsExactly("the answer of " + call + " was lost; its warnings are unknown");
      assertThat(site.requests("startBackup")).hasSize(1);
    } else {
      assertThat(outcome.data().warnings().texts()).isEmpty();
    }
  }

  @Test
  void no_second_step_is_sent_while_a_worker_begins_late() {
    assertGood(BEGUN.get("late"));
  }

  @Test
  void nor_while_one_works_whose_clock_is_behind_that_of_its_web_server() {
    assertGood(BEGUN.get("behind"));
  }

  private static void assertGood(Begun begun) {
    Event outcome = begun.outcome();
    SimulatedSite site = begun.site();
    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(1);
    assertThat(outcome.data().steps()).isEqualTo(10);
    assertThat(outcome.data().recoveries()).isEqualTo(3);
    assertThat(site.archiveBroken(outcome.data().recordId())).isFalse();
    assertThat(site.violations()).isEmpty();
  }

  private static final int[] STEPS = {0, 1, 2, 3, 5, 7, 8, 9, 11, 12, 14, 15};

  static IntStream steps() {
    return IntStream.of(STEPS);
  }

  /** Of sixteen calls 0 is the start, 1 and 2 install, 3 to 7 dump, 8 to 11 pack, 12 to 15 end. */
  @ParameterizedTest
  @MethodSource("steps")
  void at_the_first_a_middle_and_the_last_step_of_each_domain(int step) {
    Begun shop = BEGUN.get("step " + step);

    Event outcome = shop.outcome();

    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(1);
    assertThat(outcome.data().steps()).isEqualTo(15);
    assertThat(shop.site().requests("startBackup")).hasSize(1);
    assertThat(shop.site().requests("stepBackup")).hasSize(15);
    assertThat(shop.site().archiveBroken(outcome.data().recordId())).isFalse();
    assertThat(shop.site().violations()).isEmpty();
  }
}
