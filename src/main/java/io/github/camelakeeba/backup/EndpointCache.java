package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.CallResult;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.akeeba.client.EndpointDetector;
import io.github.camelakeeba.akeeba.client.EndpointSearch;
import io.github.camelakeeba.config.AkeebaProduct;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.RunSite;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.RowChange;
import io.github.camelakeeba.store.SqlTime;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The bean {@code akeeba-endpoint-cache}: where APIs are; a wrong one is searched for again. */
public final class EndpointCache {
  private static final int MAX_URL_LENGTH = 2000;

  private final Function<OperationInput, Site> sites;
  private final Database database;
  private final RunSite runs;
  private final RunRepository store;
  private final EndpointDetector detector;
  private final Clock clock;

  public EndpointCache(
      Function<OperationInput, Site> sites,
      Database database,
      RunSite runs,
      RunRepository store,
      EndpointDetector detector,
      Clock clock) {
    this.sites = sites;
    this.database = database;
    this.runs = runs;
    this.store = store;
    this.detector = detector;
    this.clock = clock;
  }

  /**
   * A search that is over where the API is known: a run continues where it was begun, or nowhere;
   * else the endpoint is configured, or was detected before.
   *
   * @param before the search of the same exchange: for the same site its endpoint has proved wrong;
   *     null: none
   */
  public EndpointSearch begin(
      @Body OperationInput input, @Variable("akeeba-search") EndpointSearch before) {
    Site site = sites.apply(input);
    boolean wrong = before != null && before.site().equals(site);
    ApiEndpoint endpoint = !wrong ? lookup(input, site) : null;
    if (endpoint == null) {
      return EndpointSearch.of(site);
    }
    if (input instanceof Run run) {
      note(run, endpoint, "The API is at");
    }
    return EndpointSearch.known(site, endpoint);
  }

  private void note(Run run, ApiEndpoint endpoint, String found) {
    String where = BackupEventFactory.displayUrl(endpoint.url());
    store.note(run, "endpoint", "%s %s (%s)".formatted(found, where, endpoint.version().word()));
  }

  private ApiEndpoint lookup(OperationInput input, Site site) {
    ApiEndpoint begun = input instanceof Run run ? runs.startEndpoint(run) : null;
    return begun == null ? lookup(site) : begun;
  }

  /** The search after a call of getVersion; what it finds is kept. Throws why nothing was found. */
  public EndpointSearch next(
      @Body Object answer,
      @Variable("akeeba-search") EndpointSearch search,
      @Variable("akeeba-call") Call call,
      @Variable("akeeba-sent") CallResult sent,
      @Variable("backup-run") Run run) {
    EndpointSearch next = detector.next(answer, search, call, sent);
    if (!next.open()) {
      ApiEndpoint endpoint = detector.detected(next);
      save(next.site(), endpoint);
      if (run != null) {
        note(run, endpoint, "Found the API at");
      }
    }
    return next;
  }

  private ApiEndpoint lookup(Site site) {
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

  private void save(Site site, ApiEndpoint endpoint) {
    if (endpoint.url().toString().length() <= MAX_URL_LENGTH
        && searchKey(site).length() <= MAX_URL_LENGTH) {
      RowChange found =
          RowChange.of(
              "insert into endpoint (site, asked, url, product, version, found_at)"
                  + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
              site.name(),
              searchKey(site),
              endpoint.url().toString(),
              endpoint.product().name(),
              endpoint.version().name(),
              SqlTime.of(clock.instant()));
      // in a wave of new sites many share a commit
      if (database.retry(() -> database.groups().update(found)) == 0) {
        database.retryInTransaction(
            () -> {
              database.jdbc().update("delete from endpoint where site = ?", site.name());
              database.groups().update(found);
            });
      }
    }
  }

  private static ApiEndpoint read(ResultSet row, int number) throws SQLException {
    return new ApiEndpoint(
        URI.create(row.getString("url")),
        AkeebaProduct.valueOf(row.getString("product")),
        ApiEndpoint.Version.valueOf(row.getString("version")));
  }

  private static String searchKey(Site site) {
    return "%s basic=%s secret=%s token=%s"
        .formatted(
            site.url(), site.basicAuth() != null, site.secret() != null, site.token() != null);
  }
}
