package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.CallResult;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.answer.ResponseParser;
import io.github.camelakeeba.akeeba.client.EndpointSearch;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.CallFactory;
import io.github.camelakeeba.akeeba.http.Credential;
import io.github.camelakeeba.akeeba.http.HttpTime;
import io.github.camelakeeba.akeeba.http.RedirectPolicy;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.backup.recovery.ForeignBackupSearch;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/**
 * Writes the calls of the API, and takes their answers. The variable {@code endpoint} is where the
 * API is; where a redirect led to in this run, that.
 */
public final class AkeebaRequests {
  /** Records. */
  private static final int PAGE_SIZE = 50;

  /** Bytes of a file that is looked at to its end; of a larger one the first 64 KiB are. */
  private static final long MAX_WHOLE_DOWNLOAD = 512 * 1024;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Map<String, Site> sites;
  private final CallFactory calls;
  private final RedirectPolicy redirects = new RedirectPolicy();
  private final ResponseParser parser = new ResponseParser();

  public AkeebaRequests(Map<String, Site> sites, CallFactory calls) {
    this.sites = sites;
    this.calls = calls;
  }

  /** {@code getVersion} of a site. */
  public Call getVersion(@Body Site site, @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return call(site, endpoint, RequestBody.getVersion());
  }

  /** {@code getVersion} where the API may be. */
  public Call probe(
      @Variable("akeeba-site") Site site, @Variable("akeeba-search") EndpointSearch search) {
    return call(site, search.candidate(), RequestBody.getVersion());
  }

  /** {@code getProfiles} of a site. */
  public Call getProfilesOfSite(
      @Body Site site, @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return call(site, endpoint, RequestBody.getProfiles());
  }

  /** Any call of a site. */
  public Call query(
      @Variable("akeeba-query") ApiQuery question,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return call(question.site(), endpoint, question.body());
  }

  /** {@code getProfiles}. */
  public Call getProfiles(@Body Run run, @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return getProfilesOfSite(sites.get(run.site()), endpoint);
  }

  /** {@code listBackups}, the newest 50: a running one is always among the newest. */
  public Call listBackups(@Body Run run, @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return call(sites.get(run.site()), endpoint, RequestBody.listBackups(0, PAGE_SIZE));
  }

  /** {@code listBackups}, the next 50. */
  public Call listMoreBackups(
      @Body Run run,
      @Variable("backup-foreign-search") ForeignBackupSearch look,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return call(sites.get(run.site()), endpoint, RequestBody.listBackups(look.from(), PAGE_SIZE));
  }

  /** {@code startBackup} with profile, description, comment and overrides. */
  public Call startBackup(@Body Run run, @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    BackupRequest request = run.request();
    return call(
            sites.get(run.site()),
            endpoint,
            RequestBody.startBackup(
                request.profile(), request.description(), request.comment(), request.overrides()))
        .journaledAt(run.journal().notedAt());
  }

  /** {@code stepBackup}. */
  public Call stepBackup(@Body Run run, @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return call(sites.get(run.site()), endpoint, RequestBody.stepBackup(run.backup().backupid()))
        .journaledAt(run.journal().notedAt());
  }

  /** {@code getBackupInfo}. */
  public Call getBackupInfo(@Body Run run, @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    if (run.backup().recordId() == null) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION,
          "The site never told the number of the backup's record, so the backup can't be verified. "
              + "Do not rely on it; look at the list of backups on the site.");
    }
    return call(
        sites.get(run.site()), endpoint, RequestBody.getBackupInfo(run.backup().recordId()));
  }

  /** {@code download} of a small archive, or of the beginning of a larger one. */
  public Call downloadBeginning(
      @Body Run run,
      @Variable("akeeba-record") BackupRecord record,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    int part = record.firstFile().map(ArchivePart::part).orElse(1);
    Call call = call(sites.get(run.site()), endpoint, RequestBody.download(record.id(), part, 1));
    boolean small =
        record.firstFile().filter(file -> file.size() <= MAX_WHOLE_DOWNLOAD).isPresent();
    return small ? call : call.withPrefixOnly();
  }

  /** {@code exportConfiguration} of the run's profile. */
  public Call exportConfiguration(
      @Body Run run, @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    return call(
        sites.get(run.site()), endpoint, RequestBody.exportConfiguration(run.request().profile()));
  }

  private Call call(Site site, ApiEndpoint endpoint, RequestBody body) {
    return calls.call(site, endpoint, body);
  }

  /** The answer, or the call again at the place that the site named. */
  public CallResult followRedirect(Exchange exchange, @Variable("akeeba-call") Call call) {
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    String location = message.getHeader("Location", String.class);
    if (REDIRECTS.contains(status) && location != null) {
      URI target = redirects.follow(call.site(), call.url(), location, call.redirects() + 1);
      if (status == 303 && !call.hasNoParameters()) {
        throw redirects.lossyRedirect(call.method(), call.url(), target);
      }
      return call.redirected(Credential.carriedOver(call.url(), target), status == 303);
    }
    String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    byte[] body = message.getBody(byte[].class);
    return new AkeebaResponse(
        call.method(),
        status,
        type,
        HttpTime.date(message.getHeader("Date", String.class)),
        HttpTime.retryAfter(message.getHeader("Retry-After", String.class), Instant.now()),
        body == null ? new byte[0] : body);
  }

  /** The answer, also one that refuses; throws {@link LostResponseException} when it is none. */
  public AkeebaResponse requireResponse(@Body AkeebaResponse answer) {
    try {
      parser.data(answer);
    } catch (LostResponseException none) {
      throw none;
    } catch (AkeebaException refusal) {
      return answer; // whoever reads it judges it
    }
    return answer;
  }

  /** Where the next call of this run goes: a redirect need not be walked again. */
  public ApiEndpoint currentEndpoint(
      @Variable("akeeba-call") Call call, @Variable("akeeba-endpoint") ApiEndpoint before) {
    return call.redirects() > 0 && "POST".equals(call.verb())
        ? call.endpoint().redirectedTo(Credential.withoutSecret(call.url()), call.method())
        : before;
  }
}
