package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.EndpointJudge;
import io.github.camelakeeba.akeeba.EndpointSearch;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Product;
import io.github.camelakeeba.site.Site;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * The bean {@code akeeba-endpoints}: where the APIs of the sites are: a search is made once, and
 * again when it proves wrong.
 */
public final class Endpoints {
  private static final int LONGEST = 2000;

  private final Map<String, Site> sites;
  private final Database database;
  private final RunSite runs;
  private final EndpointJudge judge;
  private final Clock clock;

  /** The sites by name; runs go on where they were begun. */
  public Endpoints(
      Map<String, Site> sites, Database database, RunSite runs, EndpointJudge judge, Clock clock) {
    this.sites = sites;
    this.database = database;
    this.runs = runs;
    this.judge = judge;
    this.clock = clock;
  }

  /**
   * A search that is over where the API is known: a run goes on where it was begun, or nowhere, and
   * for the rest the endpoint is configured, or was found before.
   *
   * @param before in the same exchange, whose endpoint has proved wrong, or null
   */
  public EndpointSearch begin(
      @Body OperationInput input, @Variable("akeeba-search") EndpointSearch before) {
    Site site = sites.get(input.siteName());
    Endpoint endpoint = before == null ? known(input, site) : null;
    return endpoint == null ? EndpointSearch.of(site) : EndpointSearch.known(site, endpoint);
  }

  private Endpoint known(OperationInput input, Site site) {
    Endpoint begun = input instanceof Run run ? runs.begun(run) : null;
    return begun == null ? known(site) : begun;
  }

  /** Where the API is, which is kept when it was just found; throws why it is not known. */
  public Endpoint found(@Variable("akeeba-search") EndpointSearch search) {
    return search.remembered() ? search.found() : remember(search.site(), judge.found(search));
  }

  private Endpoint known(Site site) {
    if (site.address().endpoint() != null) {
      return site.address().endpoint();
    }
    return database
        .insist(
            () ->
                database
                    .jdbc()
                    .query(
                        "select url, product, version from endpoint where site = ? and asked = ?",
                        (row, number) -> read(row),
                        site.name(),
                        asked(site)))
        .stream()
        .findFirst()
        .orElse(null);
  }

  private Endpoint remember(Site site, Endpoint endpoint) {
    if (endpoint.url().toString().length() <= LONGEST && asked(site).length() <= LONGEST) {
      database.insistTogether(
          () -> {
            forget(site);
            return database
                .jdbc()
                .update(
                    "insert into endpoint (site, asked, url, product, version, found_at)"
                        + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                    site.name(),
                    asked(site),
                    endpoint.url().toString(),
                    endpoint.product().name(),
                    endpoint.version().name(),
                    clock.instant().atOffset(ZoneOffset.UTC));
          });
    }
    return endpoint;
  }

  private void forget(Site site) {
    database.jdbc().update("delete from endpoint where site = ?", site.name());
  }

  private static Endpoint read(ResultSet row) throws SQLException {
    return new Endpoint(
        URI.create(row.getString("url")),
        Product.valueOf(row.getString("product")),
        Endpoint.Version.valueOf(row.getString("version")));
  }

  /** What was asked: the address, and with which kinds of credentials. */
  private static String asked(Site site) {
    return "%s basic=%s secret=%s token=%s"
        .formatted(
            site.url(), site.basicAuth() != null, site.secret() != null, site.token() != null);
  }
}
