package io.github.camelakeeba.chaos;

import io.github.camelakeeba.chaos.RequestHistory.Begun;
import io.github.camelakeeba.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what has happened against the promises of the product. */
final class HistoryChecker {
  /** maxDuration of the sites, and time for the last call, the ways of retry and a restart. */
  private static final Duration LONGEST = Duration.ofSeconds(150);

  /**
   * The first, one more for untrusted, one for unreachable, one that a kill cut off before it left.
   */
  private static final int MOST_ATTEMPTS = 4;

  private static final int MOST_STEPS = 4 * FaultSequence.STEPS;

  /** What is wrong with the story; empty: nothing. */
  List<String> complaints(RequestHistory story) {
    List<String> complaints = new ArrayList<>(story.violations());
    if (errorMayBeLost(story)) {
      complaints.stream()
          .filter(text -> text.contains("a step of a backup that has failed"))
          .limit(story.end().recoveries())
          .toList()
          .forEach(complaints::remove);
    }
    once(story, complaints);
    if (!story.outcomes().isEmpty()) {
      truth(story, complaints);
      bounds(story, complaints);
    }
    return complaints;
  }

  /**
   * Whether the answer that told of the site's error may never have come. Its record stays as it
   * was (measured), so that one more step is all that can tell, one for each answer that was lost;
   * WordPress begins a phantom for it.
   */
  private static boolean errorMayBeLost(RequestHistory story) {
    return story.sequence().error()
        && !story.outcomes().isEmpty()
        && !story.good()
        && story.end().recoveries() > 0;
  }

  /** P2, P3: one end, told at least once, always as the same event. */
  private static void once(RequestHistory story, List<String> complaints) {
    if (story.outcomes().isEmpty()) {
      complaints.add("P2: it never ended");
    }
    if (story.outcomes().stream().map(Event::id).distinct().count() > 1) {
      complaints.add("P2: it ended more than once: " + story.outcomes());
    }
  }

  /** P1, P5: what is called good is good, and nothing was begun on the site without need. */
  private static void truth(RequestHistory story, List<String> complaints) {
    Event.Data end = story.end();
    if (story.good()) {
      Optional<Begun> told =
          story.begun().stream()
              .filter(each -> Long.valueOf(each.id()).equals(end.recordId()))
              .findFirst();
      if (told.isEmpty()) {
        complaints.add("P5: it ended well with a record that is not its own: " + end.recordId());
      } else if (!told.get().damage().isEmpty()) {
        complaints.add("P5: a broken backup was called good: " + told.get().damage());
      } else if (!told.get().status().equals("complete")
          || !told.get().backupid().equals(end.backupid())) {
        complaints.add("P5: it ended well with another backup: " + told.get());
      }
      // when the last answer is lost too, nobody knows how many of the lost steps were repeated
      if (end.steps() < FaultSequence.STEPS
          || end.steps() > FaultSequence.STEPS + end.recoveries()) {
        complaints.add("P5: it says " + end.steps() + " steps");
      }
    } else if (end.error() == null || end.error().message().isBlank()) {
      complaints.add("P2: it failed without a reason");
    }
    long phantoms = story.begun().stream().filter(each -> each.backupid().isEmpty()).count();
    if (!story.sequence().displaced() && phantoms > (errorMayBeLost(story) ? 1 : 0)) {
      complaints.add("P5: a phantom was begun: " + story.begun());
    }
    long begun = story.begun().stream().filter(each -> !each.backupid().isEmpty()).count();
    if (begun > end.attempts()) {
      complaints.add("P1: more was begun than is told: " + story.begun());
    }
  }

  /** P8. */
  private static void bounds(RequestHistory story, List<String> complaints) {
    Event.Data end = story.end();
    if (end.attempts() > MOST_ATTEMPTS) {
      complaints.add("P8: attempts: " + end.attempts());
    }
    if (story.steps() > MOST_STEPS) {
      complaints.add("P8: calls of stepBackup: " + story.steps());
    }
    if (end.startedAt() != null
        && Duration.between(end.startedAt(), end.endedAt()).compareTo(LONGEST) > 0) {
      complaints.add("P8: it took " + Duration.between(end.startedAt(), end.endedAt()));
    }
  }
}
