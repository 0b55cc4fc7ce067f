package io.github.camelakeeba.rest;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import java.util.Optional;
import org.apache.camel.Exchange;

public final class RunEventStreams {
  static final String MEDIA_TYPE = "text/event-stream";
  private static final int MAX_STREAMS = 50;

  private final ConcurrencyLimit openStreams = new ConcurrencyLimit(MAX_STREAMS);
  private final RunQueries runs;
  private final RunGuard guard;
  private final Timings timings;

  /** Streams end when the guard is closed. */
  public RunEventStreams(RunQueries runs, RunGuard guard, Timings timings) {
    this.runs = runs;
    this.guard = guard;
    this.timings = timings;
  }

  /**
   * The stream, made as it is read; 204 for a browser that has received the outcome already, which
   * keeps it from reconnecting; 503 while too many streams are open.
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
        new RunEventStream(() -> runs.view(id), guard::closed, timings.followerInterval());
    return new RestResponse(200, MEDIA_TYPE, events);
  }
}
