package io.github.camelakeeba.service;

import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.akeeba.client.EndpointSearch;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import java.util.List;

/** What the command {@code test} found at a site. */
public final class SiteReport {
  private SiteReport() {}

  /**
   * What was found.
   *
   * @param endpoint without a credential
   * @param apiVersion v2 or v3
   * @param api the API level
   * @param requests sent until it was found; 0: it is written in sites.yaml
   * @param notAt what was asked before it, and what that said
   */
  public record Found(
      String site,
      String endpoint,
      String product,
      String version,
      String edition,
      String apiVersion,
      int api,
      int requests,
      List<Miss> notAt,
      List<Profile> profiles) {}

  /** A place where the API is not, and why. */
  public record Miss(String endpoint, String why) {}

  public static Found of(
      Site site,
      ApiEndpoint endpoint,
      EndpointSearch search,
      ServerVersion server,
      List<Profile> profiles) {
    return new Found(
        site.name(),
        endpoint.url().toString(),
        endpoint.product().title(),
        server.version(),
        server.edition(),
        endpoint.version().word(),
        server.api(),
        search.requests(),
        search.rejected().stream().map(SiteReport::miss).toList(),
        profiles);
  }

  private static Miss miss(EndpointSearch.RejectedCandidate miss) {
    return new Miss(miss.endpoint().url().toString(), miss.reason().getMessage());
  }
}
