package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.answer.ResponseParser;
import io.github.camelakeeba.akeeba.client.EndpointSearch;
import io.github.camelakeeba.config.AkeebaProduct;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Where the APIs of the sites were found: a search is made once, and again when it proves wrong.
 */
public final class EndpointCache {
  private static final int MAX_URL_LENGTH = 2000;

  private final Map<String, Site> sites;
  private final Database database;
  private final ResponseParser parser;
  private final Clock clock;

  public EndpointCache(
      Map<String, Site> sites, Database database, ResponseParser parser, Clock clock) {
    this.sites = sites;
    this.database = database;
    this.parser = parser;
    this.clock = clock;
  }

  /** The run's site. */
  public Site site(@Body Run run) {
    return sites.get(run.site());
  }

  /** The endpoint that is configured, or that was found before; null: it has to be searched for. */
  public ApiEndpoint lookup(@Variable("akeeba-site") Site site) {
    if (site.address().endpoint() != null) {
      return site.address().endpoint();
    }
    String sql = "select url, product, version from endpoint where site = ? and asked = ?";
    return database
        .retry(
            () ->
                database
                    .sql(sql)
                    .params(site.name(), searchKey(site))
                    .query(EndpointCache::read)
                    .optional())
        .orElse(null);
  }

  /** Keeps what was found. */
  public ApiEndpoint save(
      @Variable("akeeba-site") Site site, @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    if (endpoint.url().toString().length() <= MAX_URL_LENGTH
        && searchKey(site).length() <= MAX_URL_LENGTH) {
      database.retryInTransaction(
          () -> {
            evict(site);
            return database
                .jdbc()
                .update(
                    "insert into endpoint (site, asked, url, product, version, found_at)"
                        + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                    site.name(),
                    searchKey(site),
                    endpoint.url().toString(),
                    endpoint.product().name(),
                    endpoint.version().name(),
                    SqlTime.of(clock.instant()));
          });
    }
    return endpoint;
  }

  /**
   * Whether the first answer at a remembered endpoint shows that the API is there no more, or takes
   * another credential; what was found in this very run is not searched for again.
   */
  public boolean isStale(
      @Variable("akeeba-site") Site site,
      @Variable("akeeba-search") EndpointSearch search,
      @Variable("akeeba-answer") AkeebaResponse answer) {
    if (site.address().endpoint() != null || search != null) {
      return false;
    }
    try {
      parser.data(answer);
      return false;
    } catch (AkeebaException refused) {
      return true;
    }
  }

  private void evict(Site site) {
    database.jdbc().update("delete from endpoint where site = ?", site.name());
  }

  private static ApiEndpoint read(ResultSet row, int number) throws SQLException {
    return new ApiEndpoint(
        URI.create(row.getString("url")),
        AkeebaProduct.valueOf(row.getString("product")),
        ApiEndpoint.Version.valueOf(row.getString("version")));
  }

  /** What was asked: the address, and with which kinds of credentials. */
  private static String searchKey(Site site) {
    return "%s basic=%s secret=%s token=%s"
        .formatted(
            site.url(), site.basicAuth() != null, site.secret() != null, site.token() != null);
  }
}
