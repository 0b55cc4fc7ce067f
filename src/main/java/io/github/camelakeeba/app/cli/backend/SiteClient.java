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
import io.github.camelakeeba.service.SiteReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.DefaultExchange;

/** Talks to one site by the shipped routes. Whatever fails is an {@link AkeebaException}. */
public final class SiteClient {
  /** Records in one answer. */
  private static final int PAGE_SIZE = 200;

  private final Service service;
  private final Site site;

  public SiteClient(Service service, Site site) {
    this.service = service;
    this.site = site;
  }

  public Site site() {
    return site;
  }

  public SiteReport.Found test() {
    Exchange exchange = new DefaultExchange(service.context());
    ServerVersion version = sent(exchange, "get-version", query(), ServerVersion.class);
    List<Profile> profiles = profiles(exchange);
    return SiteReport.of(
        site,
        exchange.getVariable("akeeba-endpoint", ApiEndpoint.class),
        exchange.getVariable("akeeba-search", EndpointSearch.class),
        version,
        profiles);
  }

  public List<Profile> profiles() {
    return profiles(new DefaultExchange(service.context()));
  }

  private List<Profile> profiles(Exchange exchange) {
    return ((List<?>) sent(exchange, "get-profiles", query(), List.class))
        .stream().map(Profile.class::cast).toList();
  }

  /** The newest first; 0 means all, in pages: what one answer may hold is bounded. */
  public List<BackupRecord> records(int from, int limit) {
    Map<Long, BackupRecord> records = new LinkedHashMap<>();
    int wanted = limit == 0 ? Integer.MAX_VALUE : limit;
    int asked = from;
    int came;
    int before;
    do {
      before = records.size();
      int most = Math.min(PAGE_SIZE, wanted - records.size());
      List<BackupRecord> page =
          ((List<?>) request("list-backups", SiteQuery.page(site.name(), asked, most), List.class))
              .stream().map(BackupRecord.class::cast).toList();
      // a backup that was begun meanwhile moves the last one to the next page
      page.forEach(record -> records.put(record.id(), record));
      came = page.size();
      asked += came;
      // a site that gives the same page again and again has told all that it tells
    } while (came == PAGE_SIZE && records.size() > before && records.size() < wanted);
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

  public DownloadedArchive download(DownloadRequest order) {
    return request("download", order, DownloadedArchive.class);
  }

  private SiteQuery query() {
    return SiteQuery.of(site.name());
  }

  private <T> T request(String operation, Object input, Class<T> type) {
    return sent(new DefaultExchange(service.context()), operation, input, type);
  }

  private <T> T sent(Exchange exchange, String operation, Object input, Class<T> type) {
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getMessage().setBody(input);
    service.context().createProducerTemplate().send("direct:akeeba-" + operation, exchange);
    if (exchange.getException() != null) {
      throw service.beans().failures().translate(exchange.getException());
    }
    return exchange.getMessage().getBody(type);
  }
}
