package io.github.camelakeeba.cli;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.EndpointSearch;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ProfileImport;
import io.github.camelakeeba.akeeba.RecordChange;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.archive.ArchiveOrder;
import io.github.camelakeeba.archive.PulledArchive;
import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.DefaultExchange;

/** Talks to one site by the shipped routes. Whatever fails is an {@link AkeebaException}. */
final class SiteDesk {
  /** Records in one answer. */
  private static final int PAGE = 200;

  private final Service service;
  private final Site site;

  SiteDesk(Service service, Site site) {
    this.service = service;
    this.site = site;
  }

  Site site() {
    return site;
  }

  SiteReport.Found test() {
    Exchange exchange = new DefaultExchange(service.context());
    ServerVersion version = sent(exchange, "get-version", query(), ServerVersion.class);
    List<Profile> profiles = profiles(exchange);
    return SiteReport.of(
        site,
        exchange.getVariable("akeeba-endpoint", Endpoint.class),
        exchange.getVariable("akeeba-search", EndpointSearch.class),
        version,
        profiles);
  }

  List<Profile> profiles() {
    return profiles(new DefaultExchange(service.context()));
  }

  private List<Profile> profiles(Exchange exchange) {
    return ((List<?>) sent(exchange, "get-profiles", query(), List.class))
        .stream().map(Profile.class::cast).toList();
  }

  /** The newest first; 0 means all, in pages: what one answer may hold is bounded. */
  List<BackupRecord> records(int from, int limit) {
    Map<Long, BackupRecord> records = new LinkedHashMap<>();
    int wanted = limit == 0 ? Integer.MAX_VALUE : limit;
    int asked = from;
    int came;
    int before;
    do {
      before = records.size();
      int most = Math.min(PAGE, wanted - records.size());
      List<BackupRecord> page =
          ((List<?>) request("list-backups", SiteQuery.page(site.name(), asked, most), List.class))
              .stream().map(BackupRecord.class::cast).toList();
      // a backup that was begun meanwhile moves the last one to the next page
      page.forEach(record -> records.put(record.id(), record));
      came = page.size();
      asked += came;
      // a site that gives the same page again and again has told all that it tells
    } while (came == PAGE && records.size() > before && records.size() < wanted);
    return List.copyOf(records.values());
  }

  BackupRecord record(long id) {
    return request("get-backup-info", SiteQuery.ofRecord(site.name(), id), BackupInfo.class)
        .orMissing();
  }

  ExportedProfile export(int profile) {
    return request(
            "export-profile", SiteQuery.ofProfile(site.name(), profile), ExportedProfile.class)
        .orMissing(profile);
  }

  ProfileImport.Done take(ExportedProfile profile) {
    return request(
        "import-profile", new ProfileImport.Order(site, profile), ProfileImport.Done.class);
  }

  BackupRecord change(long record, RecordChange.Kind kind) {
    return request("delete", new RecordChange(site, record, null, kind), BackupRecord.class);
  }

  PulledArchive download(ArchiveOrder order) {
    return request("download", order, PulledArchive.class);
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
      throw service.beans().failures().explain(exchange.getException());
    }
    return exchange.getMessage().getBody(type);
  }
}
