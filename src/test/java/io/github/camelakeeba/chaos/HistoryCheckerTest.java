package io.github.camelakeeba.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.chaos.RequestHistory.Begun;
import io.github.camelakeeba.event.Event;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker sees what must not happen. */
class HistoryCheckerTest {
  private static final Instant BEGIN = Instant.parse("2026-11-22T00:30:00Z");
  private static final FaultSequence PLAIN = new FaultSequence(1, List.of());
  private static final Begun WHOLE = new Begun(4, "id-1", "complete", List.of());

  private final HistoryChecker checker = new HistoryChecker();

  @Test
  void a_good_story_has_no_complaints() {
    assertThat(complaints(List.of(good("e1"), good("e1")), WHOLE)).isEmpty();
    assertThat(complaints(List.of(failed("The disk is full")))).isEmpty();
  }

  @Test
  void an_end_that_is_missing_or_told_as_two() {
    assertThat(complaints(List.of())).containsExactly("P2: it never ended");
    assertThat(complaints(List.of(good("e1"), good("e2")), WHOLE))
        .singleElement()
        .asString()
        .startsWith("P2: it ended more than once");
    assertThat(complaints(List.of(failed(" ")))).containsExactly("P2: it failed without a reason");
  }

  @Test
  void a_broken_backup_that_is_called_good() {
    Begun broken = new Begun(4, "id-1", "complete", List.of("rows lost"));
    assertThat(complaints(List.of(good("e1")), broken))
        .containsExactly("P5: a broken backup was called good: [rows lost]");
  }

  @Test
  void a_record_that_is_not_the_one_that_was_begun() {
    assertThat(complaints(List.of(good("e1")))).singleElement().asString().contains("not its own");
    for (Begun other :
        List.of(
            new Begun(4, "id-2", "complete", List.of()), new Begun(4, "id-1", "run", List.of()))) {
      assertThat(complaints(List.of(good("e1")), other))
          .singleElement()
          .asString()
          .startsWith("P5: it ended well with another backup");
    }
  }

  @Test
  void a_phantom_and_a_start_too_many() {
    Begun phantom = new Begun(5, "", "run", List.of());
    assertThat(complaints(List.of(good("e1")), phantom, WHOLE))
        .singleElement()
        .asString()
        .startsWith("P5: a phantom");
    Begun second = new Begun(3, "id-0", "fail", List.of());
    assertThat(complaints(List.of(good("e1")), WHOLE, second))
        .singleElement()
        .asString()
        .startsWith("P1: more was begun than is told");
  }

  @Test
  void an_error_that_was_lost_excuses_a_step_a_lost_answer_and_one_phantom() {
    String step = "a step of a backup that has failed: id-1";
    FaultSequence failing =
        new FaultSequence(
            1,
            List.of(new InjectedFault(FaultSequence.ERROR + 8, ExpectedRecovery.OVER, site -> {})));
    List<Begun> one = List.of(new Begun(5, "", "run", List.of()));
    Begun second = new Begun(6, "", "run", List.of());
    Event straight = failed("begun anew");
    Event.Error error = straight.data().error();
    Event recovered = event("e1", "failed", 3, 1, 1, BEGIN.plusSeconds(5), error);

    assertThat(complaints(failing, recovered, one, step)).isEmpty();
    assertThat(complaints(failing, recovered, List.of(one.get(0), second), step)).hasSize(1);
    assertThat(complaints(failing, recovered, one, step, step)).containsExactly(step);
    assertThat(complaints(failing, straight, one, step)).hasSize(2);
    assertThat(complaints(PLAIN, recovered, one, step)).hasSize(2);
  }

  @Test
  void what_the_site_holds_against_the_client() {
    RequestHistory story =
        new RequestHistory(
            PLAIN, "run-1", List.of(good("e1")), List.of(WHOLE), 9, List.of("two"), false);
    assertThat(checker.complaints(story)).containsExactly("two");
  }

  @Test
  void too_much_time_too_many_attempts_and_calls() {
    Event long_ = event("e1", "completed", 9, 5, BEGIN.plusSeconds(151), null);
    RequestHistory story =
        new RequestHistory(PLAIN, "run-1", List.of(long_), List.of(WHOLE), 37, List.of(), false);
    assertThat(checker.complaints(story))
        .containsExactly("P8: attempts: 5", "P8: calls of stepBackup: 37", "P8: it took PT2M31S");
    assertThat(complaints(List.of(event("e1", "completed", 8, 1, BEGIN, null)), WHOLE))
        .containsExactly("P5: it says 8 steps");
  }

  private List<String> complaints(
      FaultSequence sequence, Event outcome, List<Begun> begun, String... violations) {
    return checker.complaints(
        new RequestHistory(
            sequence, "run-1", List.of(outcome), begun, 9, List.of(violations), false));
  }

  private List<String> complaints(List<Event> outcomes, Begun... begun) {
    return checker.complaints(
        new RequestHistory(PLAIN, "run-1", outcomes, List.of(begun), 9, List.of(), false));
  }

  private static Event good(String id) {
    return event(id, "completed", 9, 1, BEGIN.plusSeconds(20), null);
  }

  private static Event failed(String message) {
    return event(
        "e1", "failed", 3, 1, BEGIN.plusSeconds(5), new Event.Error("backup-error", message));
  }

  private static Event event(
      String id, String state, int steps, int attempts, Instant end, Event.Error error) {
    return event(id, state, steps, attempts, 0, end, error);
  }

  private static Event event(
      String id,
      String state,
      int steps,
      int attempts,
      int recoveries,
      Instant end,
      Event.Error error) {
    Event.Data data =
        new Event.Data(
            "shop",
            "",
            state,
            "run-1",
            "api",
            "api",
            1,
            "",
            "id-1",
            4L,
            "",
            1,
            1,
            BEGIN,
            end,
            0L,
            steps,
            attempts,
            recoveries,
            new Event.Warnings(0, List.of()),
            error,
            List.of(),
            null,
            "node",
            null,
            null,
            0,
            false,
            false,
            null);
    return new Event("1.0", id, "/sites/shop", "", "run-1", end, "application/json", null, data);
  }
}
