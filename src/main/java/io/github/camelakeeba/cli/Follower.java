package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.run.RunView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at runs until they have ended, and shows how they go. */
final class Follower {
  private static final long LOOK_MILLIS = 100;

  private final Worker worker;

  Follower(Worker worker) {
    this.worker = worker;
  }

  /** The outcomes, in the order of the runs. */
  List<Event> follow(List<RunView> runs, Progress progress) throws Exception {
    Map<String, Event> outcomes = new LinkedHashMap<>();
    runs.forEach(run -> outcomes.put(run.id(), null));
    while (outcomes.containsValue(null)) {
      for (Map.Entry<String, Event> entry : outcomes.entrySet()) {
        if (entry.getValue() == null) {
          RunView now = worker.look(entry.getKey());
          progress.show(now);
          entry.setValue(now.outcome());
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return new ArrayList<>(outcomes.values());
  }
}
