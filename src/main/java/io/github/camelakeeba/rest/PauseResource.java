package io.github.camelakeeba.rest;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.pause.PauseRequests;
import java.util.Map;
import org.apache.camel.Exchange;

/** Pauses sites and resumes them; the answer is the site as it then is. */
public final class PauseResource {
  private final Map<String, Site> sites;
  private final PauseRequests pauses;
  private final BackupResource api;
  private final SitesResource shown;

  public PauseResource(
      Map<String, Site> sites, PauseRequests pauses, BackupResource api, SitesResource shown) {
    this.sites = sites;
    this.pauses = pauses;
    this.api = api;
    this.shown = shown;
  }

  public RestResponse pause(Exchange call) {
    String site = site(call);
    pauses.pause(site, call.getMessage().getBody(byte[].class), api.requestedBy(call));
    return shown.site(call, site);
  }

  public RestResponse resume(Exchange call) {
    String site = site(call);
    pauses.resume(site, api.requestedBy(call));
    return shown.site(call, site);
  }

  /** Its name; one that the caller does not see is none, and so unknown. */
  private String site(Exchange call) {
    String name = call.getMessage().getHeader("site", String.class);
    Site site = sites.get(name);
    return site == null || Caller.of(call).sees(site.tags()) ? name : "";
  }
}
