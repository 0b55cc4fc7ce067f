package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.answer.ResponseParser;
import io.github.camelakeeba.akeeba.client.ProfileImport;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.SiteReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Talks to one site by the shipped routes. Whatever fails is an {@link AkeebaException}. */
public final class SiteClient {
  /** Records in one answer. */
  private static final int PAGE_SIZE = 200;

  private final Service service;
  private final Site site;
  private final ResponseParser parser = new ResponseParser();

  public SiteClient(Service service, Site site) {
    this.service = service;
    this.site = site;
  }

  public Site site() {
    return site;
  }

  public SiteReport.Found test() {
    return request("direct:backup-test-site", site, SiteReport.Found.class);
  }

  public List<Profile> profiles() {
    return parser.profiles(query(RequestBody.getProfiles()));
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
      List<BackupRecord> page = parser.records(query(RequestBody.listBackups(asked, most)));
      // a backup that was begun meanwhile moves the last one to the next page
      page.forEach(record -> records.put(record.id(), record));
      came = page.size();
      asked += came;
      // a site that gives the same page again and again has told all that it tells
    } while (came == PAGE_SIZE && records.size() > before && records.size() < wanted);
    return List.copyOf(records.values());
  }

  public BackupRecord record(long id) {
    return parser.record(query(RequestBody.getBackupInfo(id)));
  }

  public ExportedProfile exportProfile(int profile) {
    return ExportedProfile.of(
        profile, parser.data(query(RequestBody.exportConfiguration(profile))));
  }

  public ProfileImport.ImportedProfile importProfile(ExportedProfile profile) {
    return request(
        "direct:akeeba-import-profile",
        new ProfileImport.ImportRequest(site, profile),
        ProfileImport.ImportedProfile.class);
  }

  public BackupRecord delete(long record, DeletionRequest.Kind kind) {
    return request(
        "direct:akeeba-change", new DeletionRequest(site, record, null, kind), BackupRecord.class);
  }

  public DownloadedArchive download(DownloadRequest order) {
    return request("direct:akeeba-download", order, DownloadedArchive.class);
  }

  private AkeebaResponse query(RequestBody body) {
    return request("direct:akeeba-ask", new ApiQuery(site, body), AkeebaResponse.class);
  }

  private <T> T request(String route, Object body, Class<T> type) {
    Exchange exchange =
        service
            .context()
            .createProducerTemplate()
            .request(route, request -> request.getMessage().setBody(body));
    if (exchange.getException() != null) {
      throw service
          .beans()
          .failures()
          .translate(exchange.getException(), exchange.getVariable("akeeba-call", Call.class));
    }
    return exchange.getMessage().getBody(type);
  }
}
