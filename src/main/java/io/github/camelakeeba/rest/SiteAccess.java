package io.github.camelakeeba.rest;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.store.RunQueries;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The sites that are there for a caller: all, or those with one of its tags. */
public final class SiteAccess {
  private final Map<String, Site> sites;
  private final RunQueries runs;

  public SiteAccess(Map<String, Site> sites, RunQueries runs) {
    this.sites = sites;
    this.runs = runs;
  }

  public boolean sees(Caller caller, String site) {
    Site configured = sites.get(site);
    return caller.tags().isEmpty() || configured != null && caller.sees(configured.tags());
  }

  /** The names of the sites that a caller sees; null: of all. */
  List<String> visible(Caller caller) {
    return caller.tags().isEmpty()
        ? null
        : sites.keySet().stream().filter(site -> sees(caller, site)).toList();
  }

  /**
   * Throws what an operation throws for a site or a run that is not there, where the call names one
   * that is not there for the caller.
   */
  void check(Caller caller, Exchange call) {
    if (caller.tags().isEmpty()) {
      return;
    }
    for (String parameter : List.of("site", "sites")) {
      for (String site : QueryParameters.list(call.getMessage().getHeader(parameter))) {
        checkSite(caller, site);
      }
    }
    String before = call.getMessage().getHeader("before", String.class);
    if (before != null && !seesRun(caller, before)) {
      throw QueryParameters.invalid("the parameter 'before' is a run's id");
    }
    if (call.getFromRouteId().matches("(get|post)-run(-.*)?")) {
      String id = call.getMessage().getHeader("id", String.class);
      if (!seesRun(caller, id)) {
        throw RunResource.unknown();
      }
    }
  }

  private boolean seesRun(Caller caller, String id) {
    return runs.find(id).map(Run::site).filter(site -> sees(caller, site)).isPresent();
  }

  public void checkSite(Caller caller, String site) {
    if (!sees(caller, site)) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE, "there is no such site in sites.yaml as it was last read");
    }
  }
}
