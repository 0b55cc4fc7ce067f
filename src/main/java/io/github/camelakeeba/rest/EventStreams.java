package io.github.camelakeeba.rest;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunQueries;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;

/** Streams of server-sent events: of one run, and of all changes. */
public final class EventStreams {
  private static final int MAX_STREAMS = 50;

  private final ConcurrencyLimit openStreams = new ConcurrencyLimit(MAX_STREAMS);
  private final Set<String> sites;
  private final SiteAccess access;
  private final RunQueries runs;
  private final ChangeFeed changes;
  private final SharedSummary summaries;
  private final RunGuard guard;
  private final Timings timings;

  /** Streams end when the guard is closed. */
  public EventStreams(
      Set<String> sites,
      SiteAccess access,
      RunQueries runs,
      ChangeFeed changes,
      SummaryResource summaries,
      RunGuard guard,
      Timings timings) {
    this.sites = sites;
    this.access = access;
    this.runs = runs;
    this.changes = changes;
    this.summaries = new SharedSummary(summaries::of, System::nanoTime);
    this.guard = guard;
    this.timings = timings;
  }

  /**
   * The stream of a run; 204 for a browser that has received the outcome already, which keeps it
   * from reconnecting; 503 while too many streams are open.
   */
  public RestResponse ofRun(Exchange exchange, String id, String last) {
    Optional<RunView> run = runs.view(id);
    if (run.isEmpty()) {
      return BackupResource.problem(ProblemDetail.Kind.UNKNOWN_RUN, "there is no such run");
    }
    if (run.get().outcome() != null && run.get().outcome().id().equals(last)) {
      return new RestResponse(204, null, null);
    }
    return stream(exchange, new RunEvents(() -> runs.view(id)));
  }

  /**
   * The stream of all changes that the caller may see, or of one site; the name is null: all.
   *
   * @param last the id of the last event that the caller has received, or null
   */
  public RestResponse ofChanges(Exchange exchange, Object site, String last) {
    Caller caller = Caller.of(exchange);
    String only = QueryParameters.singleValue("site", site);
    if (only != null && !sites.contains(only)) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE, "there is no such site in sites.yaml, which was read at the start");
    }
    changes.ask(); // so that what changes from now on is told
    return stream(
        exchange,
        new ChangeEvents(
            changes,
            changes.place(last),
            only == null ? name -> access.sees(caller, name) : only::equals,
            only == null ? notBefore -> summaries.of(caller, notBefore) : null,
            System::nanoTime));
  }

  private RestResponse stream(Exchange exchange, EventStream.Source source) {
    BooleanSupplier present = Caller.present(exchange);
    return openStreams.tryAcquire(exchange)
        ? new RestResponse(
            200,
            EventStream.MEDIA_TYPE,
            new EventStream(
                source,
                () -> guard.closed() || !present.getAsBoolean(),
                timings.followerInterval()))
        : BackupResource.problem(
            ProblemDetail.Kind.TOO_MANY_FOLLOWERS,
            "%s streams are open already; ask again later".formatted(MAX_STREAMS));
  }
}
