package io.github.camelakeeba.rest;

import io.github.camelakeeba.pause.PauseRequests;
import org.apache.camel.Exchange;

/** Pauses sites and resumes them; the answer is the site as it then is. */
public final class PauseResource {
  private final PauseRequests pauses;
  private final SitesResource sites;
  private final BackupResource api;

  public PauseResource(PauseRequests pauses, SitesResource sites, BackupResource api) {
    this.pauses = pauses;
    this.sites = sites;
    this.api = api;
  }

  public RestResponse pause(Exchange call) {
    String site = site(call);
    pauses.pause(site, call.getMessage().getBody(byte[].class), api.requestedBy(call));
    return sites.site(call, site);
  }

  public RestResponse resume(Exchange call) {
    String site = site(call);
    pauses.resume(site, api.requestedBy(call));
    return sites.site(call, site);
  }

  private static String site(Exchange call) {
    return call.getMessage().getHeader("site", String.class);
  }
}
