package io.github.camelakeeba.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.run.RunView;
import java.util.Optional;
import java.util.function.Supplier;

/** One run: {@code progress} whenever something has changed, {@code outcome} at the end. */
final class RunEvents implements EventStream.Source {
  private final Supplier<Optional<RunView>> poll;
  private final EventJson json = new EventJson();
  private RunView lastSent;
  private boolean finished;

  /** The supplier gives the run, or none when it is deleted. */
  RunEvents(Supplier<Optional<RunView>> poll) {
    this.poll = poll;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public String next() throws JsonProcessingException {
    RunView run = poll.get().orElse(null);
    Event outcome = run == null ? null : run.outcome();
    finished = run == null || outcome != null;
    if (outcome != null) {
      String data = json.mapper().writeValueAsString(outcome);
      return "event: outcome\nid: " + outcome.id() + "\ndata: " + data + "\n\n";
    }
    if (finished || run.equals(lastSent)) {
      return null;
    }
    lastSent = run;
    return "event: progress\ndata: " + json.mapper().writeValueAsString(run) + "\n\n";
  }
}
