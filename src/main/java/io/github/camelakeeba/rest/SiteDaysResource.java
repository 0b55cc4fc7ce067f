package io.github.camelakeeba.rest;

import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.store.SiteDays;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** How the sites did on each day. */
public final class SiteDaysResource {
  private static final int MAX_SITES = 100;
  private static final int A_YEAR = 365;
  private static final int A_MONTH = 30;

  private final Set<String> sites;
  private final SiteDays days;
  private final Clock clock;

  public SiteDaysResource(Set<String> sites, SiteDays days, Clock clock) {
    this.sites = sites;
    this.days = days;
    this.clock = clock;
  }

  /** Of one site; by default the last 365 days, today among them. */
  public RestResponse ofSite(String site, Object from) {
    return days(List.of(site), from, A_YEAR);
  }

  /** Of up to 100 sites; by default the last 30 days, today among them. */
  public RestResponse ofSites(Object names, Object from) {
    List<String> wanted = QueryParameters.list(names);
    if (wanted.isEmpty() || wanted.size() > MAX_SITES) {
      throw QueryParameters.invalid(
          "the parameter 'sites' holds the names of 1 to "
              + MAX_SITES
              + " sites, separated by commas");
    }
    return days(wanted, from, A_MONTH);
  }

  private RestResponse days(List<String> wanted, Object from, int byDefault) {
    if (!sites.containsAll(wanted)) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE, "there is no such site in sites.yaml, which was read at the start");
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate first = QueryParameters.day("from", from, today.minusDays(byDefault - 1));
    return RestResponse.json(200, days.since(first, wanted));
  }
}
