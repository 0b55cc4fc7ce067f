package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunStore;
import io.github.camelakeeba.run.RunView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at runs until they have ended, and shows how they go. */
final class Follower {
  private static final long LOOK_MILLIS = 100;

  private final RunStore store;

  Follower(RunStore store) {
    this.store = store;
  }

  /** The outcomes, in the order of the runs. */
  List<Event> follow(List<Run> runs, Progress progress) throws InterruptedException {
    Map<String, Event> outcomes = new LinkedHashMap<>();
    runs.forEach(run -> outcomes.put(run.id(), null));
    while (outcomes.containsValue(null)) {
      for (Run run : runs) {
        if (outcomes.get(run.id()) == null) {
          Optional<Run> now = store.find(run.id());
          now.ifPresent(seen -> progress.show(RunView.of(seen, null)));
          store.outcome(run.id()).ifPresent(event -> outcomes.put(run.id(), event));
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return new ArrayList<>(outcomes.values());
  }
}
