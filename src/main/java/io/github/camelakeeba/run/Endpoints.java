package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Answer;
import io.github.camelakeeba.akeeba.AnswerParser;
import io.github.camelakeeba.akeeba.EndpointSearch;
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
 * Where the APIs of the sites were found: a search is made once, and again when it proves wrong.
 */
public final class Endpoints {
  private static final int LONGEST = 2000;

  private final Map<String, Site> sites;
  private final Database database;
  private final AnswerParser parser;
  private final Clock clock;

  /** The sites by name. */
  public Endpoints(Map<String, Site> sites, Database database, AnswerParser parser, Clock clock) {
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
  public Endpoint known(@Variable("akeeba-site") Site site) {
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

  /** Keeps what was found. */
  public Endpoint remember(
      @Variable("akeeba-site") Site site, @Variable("akeeba-endpoint") Endpoint endpoint) {
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

  /**
   * Whether the first answer at a remembered endpoint shows that the API is there no more, or takes
   * another credential; what was found in this very run is not searched for again.
   */
  public boolean stale(
      @Variable("akeeba-site") Site site,
      @Variable("akeeba-search") EndpointSearch search,
      @Variable("akeeba-answer") Answer answer) {
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
