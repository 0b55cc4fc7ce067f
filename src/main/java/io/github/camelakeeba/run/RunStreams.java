package io.github.camelakeeba.run;

import io.github.camelakeeba.site.Timings;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Lets callers follow runs by server-sent events. */
public final class RunStreams {
  /** The media type of server-sent events. */
  static final String MEDIA_TYPE = "text/event-stream";

  private static final int MOST = 50;

  private final Turns turns = new Turns(MOST);
  private final Runs runs;
  private final RunGate gate;
  private final Timings timings;

  /** Streams end when this gate is closed. */
  public RunStreams(Runs runs, RunGate gate, Timings timings) {
    this.runs = runs;
    this.gate = gate;
    this.timings = timings;
  }

  /**
   * The stream, made as it is read; nothing (204) for who has the outcome already, which tells a
   * browser not to come again; 503 while too many others are followed.
   */
  public Reply open(
      Exchange exchange, @Header("id") String id, @Header("Last-Event-ID") String last) {
    Optional<RunView> run = runs.view(id);
    if (run.isEmpty()) {
      return Api.problem(Problem.Kind.UNKNOWN_RUN, "there is no such run");
    }
    if (run.get().outcome() != null && run.get().outcome().id().equals(last)) {
      return new Reply(204, null, null, null, null);
    }
    if (!turns.take(exchange)) {
      return Api.problem(
          Problem.Kind.TOO_MANY_FOLLOWERS,
          "%s streams are open already; ask again later".formatted(MOST));
    }
    RunEvents events = new RunEvents(() -> runs.view(id), gate::closed, timings.followerInterval());
    return new Reply(200, MEDIA_TYPE, events, null, null);
  }
}
