package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.RunView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at runs until they have ended, and shows how they go. */
public final class RunFollower {
  private static final long POLL_INTERVAL_MILLIS = 100;

  private final Backend backend;

  public RunFollower(Backend backend) {
    this.backend = backend;
  }

  /** The outcomes, in the order of the runs. */
  public List<Event> follow(List<RunView> runs, ProgressView<RunView> progress) throws Exception {
    Map<String, Event> outcomes = new LinkedHashMap<>();
    runs.forEach(run -> outcomes.put(run.id(), null));
    while (outcomes.containsValue(null)) {
      for (Map.Entry<String, Event> entry : outcomes.entrySet()) {
        if (entry.getValue() == null) {
          RunView now = backend.poll(entry.getKey());
          progress.show(now);
          entry.setValue(now.outcome());
        }
      }
      Thread.sleep(POLL_INTERVAL_MILLIS);
    }
    return new ArrayList<>(outcomes.values());
  }
}
