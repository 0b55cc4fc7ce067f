package io.github.camelakeeba.rest;

import io.github.camelakeeba.watch.Summary;
import io.github.camelakeeba.watch.Summary.CallerName;
import io.github.camelakeeba.watch.SummaryQueries;
import java.util.Map;
import org.apache.camel.Exchange;

/** How everything stands, in one answer. */
public final class SummaryResource {
  private final SummaryQueries queries;

  public SummaryResource(SummaryQueries queries) {
    this.queries = queries;
  }

  /** Its entity tag does not change with the time at which it was read. */
  public RestResponse summary(Exchange call) {
    Summary summary = of(Caller.of(call));
    return new RestResponse(200, "application/json", summary, Map.of(), summary.timeless());
  }

  /** As this caller sees it. */
  public Summary of(Caller caller) {
    return queries.summary(name(caller), caller::sees, caller.tags().isEmpty());
  }

  static CallerName name(Caller caller) {
    return new CallerName(caller.name(), caller.scope().word());
  }
}
