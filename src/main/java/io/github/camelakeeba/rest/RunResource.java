package io.github.camelakeeba.rest;

import io.github.camelakeeba.backup.StopService;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.RunQueries.RunFilter;
import io.github.camelakeeba.run.timeline.TimelineEntry;
import io.github.camelakeeba.watch.TimelineQueries;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

public final class RunResource {
  private static final Set<String> OF_CHANNELS = Set.of("delivered", "parked");

  private final Set<String> sites;
  private final SiteAccess access;
  private final RunQueries runs;
  private final TimelineQueries timelines;
  private final StopService stops;

  public RunResource(
      Set<String> sites,
      SiteAccess access,
      RunQueries runs,
      TimelineQueries timelines,
      StopService stops) {
    this.sites = sites;
    this.access = access;
    this.runs = runs;
    this.timelines = timelines;
    this.stops = stops;
  }

  /** The newest first; {@code before} is the id of a run: only those queued before it. */
  public RestResponse list(Caller caller, Object site, Object state, Object before, Object limit) {
    String named = QueryParameters.singleValue("site", site);
    if (named != null && !sites.contains(named)) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE, "there is no such site in sites.yaml as it was last read");
    }
    String last = QueryParameters.singleValue("before", before);
    Run from =
        last == null
            ? null
            : runs.find(last)
                .orElseThrow(() -> QueryParameters.invalid("the parameter 'before' is a run's id"));
    return RestResponse.json(
        200,
        runs.newest(
            new RunFilter(
                named,
                access.visible(caller),
                state(QueryParameters.singleValue("state", state)),
                from,
                QueryParameters.limit(limit, 50))));
  }

  private static String state(String word) {
    List<String> words = Arrays.stream(RunState.values()).map(RunState::word).toList();
    if (word != null && !words.contains(word)) {
      throw QueryParameters.invalid("the parameter 'state' is one of " + String.join(", ", words));
    }
    return word;
  }

  public RestResponse run(String id) {
    return RestResponse.json(200, runs.view(id).orElseThrow(RunResource::unknown));
  }

  /** Who does not see all sites is told of no channel. */
  public RestResponse timeline(Caller caller, String id) {
    List<TimelineEntry> all = timelines.of(id).orElseThrow(RunResource::unknown);
    return RestResponse.json(
        200,
        caller.tags().isEmpty()
            ? all
            : all.stream().filter(entry -> !OF_CHANNELS.contains(entry.kind())).toList());
  }

  public RestResponse stop(String id) {
    stops.stop(id);
    return RestResponse.json(202, runs.view(id).orElseThrow(RunResource::unknown));
  }

  static RunRefusedException unknown() {
    return new RunRefusedException(Reason.UNKNOWN_RUN, "there is no such run");
  }
}
