package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.akeeba.client.EndpointSearch;
import io.github.camelakeeba.akeeba.client.ProfileImport;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.DefaultExchange;

/** Talks to one site by the shipped routes. Whatever fails is an {@link AkeebaException}. */
public final class SiteClient {
  private static final int PAGE_SIZE = 200; // records in one response

  public record SiteReport(
      String site,
      String endpoint, // without a credential
      String product,
      String version,
      String edition,
      String apiVersion, // v2 or v3
      int api, // the API level
      int requests, // sent until it was found; 0: it is written in sites.yaml
      List<Miss> notAt, // what was asked before it, and what that said
      List<Profile> profiles) {}

  public record Miss(String endpoint, String why) {}

  private final Service service;
  private final Site site;

  public SiteClient(Service service, Site site) {
    this.service = service;
    this.site = site;
  }

  public Site site() {
    return site;
  }

  public SiteReport test() {
    Exchange exchange = new DefaultExchange(service.context());
    ServerVersion server = send(exchange, "get-version", query(), ServerVersion.class);
    List<Profile> profiles = profiles(exchange);
    ApiEndpoint endpoint = exchange.getVariable("akeeba-endpoint", ApiEndpoint.class);
    EndpointSearch search = exchange.getVariable("akeeba-search", EndpointSearch.class);
    return new SiteReport(
        site.name(),
        endpoint.url().toString(),
        endpoint.product().title(),
        server.version(),
        server.edition(),
        endpoint.version().word(),
        server.api(),
        search.requests(),
        search.rejected().stream()
            .map(miss -> new Miss(miss.endpoint().url().toString(), miss.reason().getMessage()))
            .toList(),
        profiles);
  }

  public List<Profile> profiles() {
    return profiles(new DefaultExchange(service.context()));
  }

  private List<Profile> profiles(Exchange exchange) {
    return ((List<?>) send(exchange, "get-profiles", query(), List.class))
        .stream().map(Profile.class::cast).toList();
  }

  /** The newest first; 0 means all, in pages: what one response may hold is bounded. */
  public List<BackupRecord> records(int from, int limit) {
    Map<Long, BackupRecord> records = new LinkedHashMap<>();
    int wanted = limit == 0 ? Integer.MAX_VALUE : limit;
    int next = from;
    int received;
    int before;
    do {
      before = records.size();
      int size = Math.min(PAGE_SIZE, wanted - records.size());
      List<?> page = request("list-backups", SiteQuery.page(site.name(), next, size), List.class);
      // a backup that was begun meanwhile moves the last one to the next page
      page.stream()
          .map(BackupRecord.class::cast)
          .forEach(record -> records.put(record.id(), record));
      received = page.size();
      next += received;
      // a site that repeats a page has no others
    } while (received == PAGE_SIZE && records.size() > before && records.size() < wanted);
    return List.copyOf(records.values());
  }

  public BackupRecord record(long id) {
    return request("get-backup-info", SiteQuery.ofRecord(site.name(), id), BackupInfo.class)
        .orMissing();
  }

  public ExportedProfile exportProfile(int profile) {
    return request(
            "export-profile", SiteQuery.ofProfile(site.name(), profile), ExportedProfile.class)
        .orMissing(profile);
  }

  public ProfileImport.ImportedProfile importProfile(ExportedProfile profile) {
    return request(
        "import-profile",
        new ProfileImport.ImportRequest(site, profile),
        ProfileImport.ImportedProfile.class);
  }

  public BackupRecord delete(long record, DeletionRequest.Kind kind) {
    return request("delete", new DeletionRequest(site, record, null, kind), BackupRecord.class);
  }

  public DownloadedArchive download(DownloadRequest request) {
    return request("download", request, DownloadedArchive.class);
  }

  private SiteQuery query() {
    return SiteQuery.of(site.name());
  }

  private <T> T request(String operation, Object input, Class<T> type) {
    return send(new DefaultExchange(service.context()), operation, input, type);
  }

  private <T> T send(Exchange exchange, String operation, Object input, Class<T> type) {
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getMessage().setBody(input);
    service.context().createProducerTemplate().send("direct:akeeba-" + operation, exchange);
    if (exchange.getException() != null) {
      throw service.beans().failures().translate(exchange.getException());
    }
    return exchange.getMessage().getBody(type);
  }
}
