package io.github.camelakeeba.cli;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Answer;
import io.github.camelakeeba.akeeba.AnswerParser;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ProfileImport;
import io.github.camelakeeba.akeeba.Question;
import io.github.camelakeeba.akeeba.RecordChange;
import io.github.camelakeeba.akeeba.RequestBody;
import io.github.camelakeeba.archive.ArchiveOrder;
import io.github.camelakeeba.archive.PulledArchive;
import io.github.camelakeeba.site.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Talks to one site by the shipped routes. Whatever fails is an {@link AkeebaException}. */
final class SiteDesk {
  /** Records in one answer. */
  private static final int PAGE = 200;

  private final Service service;
  private final Site site;
  private final AnswerParser parser = new AnswerParser();

  SiteDesk(Service service, Site site) {
    this.service = service;
    this.site = site;
  }

  Site site() {
    return site;
  }

  SiteReport.Found test() {
    return request("direct:backup-test-site", site, SiteReport.Found.class);
  }

  List<Profile> profiles() {
    return parser.profiles(ask(RequestBody.getProfiles()));
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
      List<BackupRecord> page = parser.records(ask(RequestBody.listBackups(asked, most)));
      // a backup that was begun meanwhile moves the last one to the next page
      page.forEach(record -> records.put(record.id(), record));
      came = page.size();
      asked += came;
      // a site that gives the same page again and again has told all that it tells
    } while (came == PAGE && records.size() > before && records.size() < wanted);
    return List.copyOf(records.values());
  }

  BackupRecord record(long id) {
    return parser.record(ask(RequestBody.getBackupInfo(id)));
  }

  ExportedProfile export(int profile) {
    return ExportedProfile.of(profile, parser.data(ask(RequestBody.exportConfiguration(profile))));
  }

  ProfileImport.Done take(ExportedProfile profile) {
    return request(
        "direct:akeeba-import-profile",
        new ProfileImport.Order(site, profile),
        ProfileImport.Done.class);
  }

  BackupRecord change(long record, RecordChange.Kind kind) {
    return request(
        "direct:akeeba-change", new RecordChange(site, record, null, kind), BackupRecord.class);
  }

  PulledArchive download(ArchiveOrder order) {
    return request("direct:akeeba-download", order, PulledArchive.class);
  }

  private Answer ask(RequestBody body) {
    return request("direct:akeeba-ask", new Question(site, body), Answer.class);
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
          .explain(exchange.getException(), exchange.getVariable("akeeba-call", Call.class));
    }
    return exchange.getMessage().getBody(type);
  }
}
