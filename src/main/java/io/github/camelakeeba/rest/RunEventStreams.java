package io.github.camelakeeba.rest;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Lets callers follow runs by server-sent events. */
public final class RunEventStreams {
  /** The media type of server-sent events. */
  static final String MEDIA_TYPE = "text/event-stream";

  private static final int MAX_STREAMS = 50;

  private final ConcurrencyLimit openStreams = new ConcurrencyLimit(MAX_STREAMS);
  private final RunQueries runs;
  private final RunGuard gate;
  private final Timings timings;

  /** Streams end when this gate is closed. */
  public RunEventStreams(RunQueries runs, RunGuard gate, Timings timings) {
    this.runs = runs;
    this.gate = gate;
    this.timings = timings;
  }

  /**
   * The stream, made as it is read; nothing (204) for who has the outcome already, which makes a
   * browser not to come again; 503 while too many others are followed.
   */
  public RestResponse open(Exchange exchange, String id, String last) {
    Optional<RunView> run = runs.view(id);
    if (run.isEmpty()) {
      return BackupResource.problem(ProblemDetail.Kind.UNKNOWN_RUN, "there is no such run");
    }
    if (run.get().outcome() != null && run.get().outcome().id().equals(last)) {
      return new RestResponse(204, null, null);
    }
    if (!openStreams.tryAcquire(exchange)) {
      return BackupResource.problem(
          ProblemDetail.Kind.TOO_MANY_FOLLOWERS,
          "%s streams are open already; ask again later".formatted(MAX_STREAMS));
    }
    RunEventStream events =
        new RunEventStream(() -> runs.view(id), gate::closed, timings.followerInterval());
    return new RestResponse(200, MEDIA_TYPE, events);
  }
}
