package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Answer;
import io.github.camelakeeba.akeeba.AnswerParser;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.Credential;
import io.github.camelakeeba.akeeba.EndpointSearch;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.HttpTime;
import io.github.camelakeeba.akeeba.LostAnswerException;
import io.github.camelakeeba.akeeba.Question;
import io.github.camelakeeba.akeeba.RedirectPolicy;
import io.github.camelakeeba.akeeba.RequestBody;
import io.github.camelakeeba.akeeba.Sent;
import io.github.camelakeeba.akeeba.SiteCalls;
import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Site;
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
public final class Calls {
  /** Records. */
  private static final int PAGE = 50;

  /** Bytes of a file that is looked at to its end; of a larger one the first 64 KiB are. */
  private static final long READ_WHOLE = 512 * 1024;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Map<String, Site> sites;
  private final SiteCalls calls;
  private final RedirectPolicy redirects = new RedirectPolicy();
  private final AnswerParser parser = new AnswerParser();

  /** The sites by name. */
  public Calls(Map<String, Site> sites, SiteCalls calls) {
    this.sites = sites;
    this.calls = calls;
  }

  /** {@code getVersion} of a site. */
  public Call version(@Body Site site, @Variable("akeeba-endpoint") Endpoint endpoint) {
    return call(site, endpoint, RequestBody.getVersion());
  }

  /** {@code getVersion} where the API may be. */
  public Call probe(
      @Variable("akeeba-site") Site site, @Variable("akeeba-search") EndpointSearch search) {
    return call(site, search.candidate(), RequestBody.getVersion());
  }

  /** {@code getProfiles} of a site. */
  public Call profilesOf(@Body Site site, @Variable("akeeba-endpoint") Endpoint endpoint) {
    return call(site, endpoint, RequestBody.getProfiles());
  }

  /** Any call of a site. */
  public Call question(
      @Variable("backup-wish") Question question, @Variable("akeeba-endpoint") Endpoint endpoint) {
    return call(question.site(), endpoint, question.body());
  }

  /** {@code getProfiles}. */
  public Call profiles(@Body Run run, @Variable("akeeba-endpoint") Endpoint endpoint) {
    return profilesOf(sites.get(run.site()), endpoint);
  }

  /** {@code listBackups}, the newest 50: a running one is always among the newest. */
  public Call records(@Body Run run, @Variable("akeeba-endpoint") Endpoint endpoint) {
    return call(sites.get(run.site()), endpoint, RequestBody.listBackups(0, PAGE));
  }

  /** {@code listBackups}, the next 50. */
  public Call further(
      @Body Run run,
      @Variable("backup-look-back") LookBack look,
      @Variable("akeeba-endpoint") Endpoint endpoint) {
    return call(sites.get(run.site()), endpoint, RequestBody.listBackups(look.from(), PAGE));
  }

  /** {@code startBackup} with profile, description, comment and overrides. */
  public Call start(@Body Run run, @Variable("akeeba-endpoint") Endpoint endpoint) {
    BackupRequest request = run.request();
    return call(
            sites.get(run.site()),
            endpoint,
            RequestBody.startBackup(
                request.profile(), request.description(), request.comment(), request.overrides()))
        .noted(run.gap().notedAt());
  }

  /** {@code stepBackup}. */
  public Call step(@Body Run run, @Variable("akeeba-endpoint") Endpoint endpoint) {
    return call(sites.get(run.site()), endpoint, RequestBody.stepBackup(run.backup().backupid()))
        .noted(run.gap().notedAt());
  }

  /** {@code getBackupInfo}. */
  public Call record(@Body Run run, @Variable("akeeba-endpoint") Endpoint endpoint) {
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
  public Call beginning(
      @Body Run run,
      @Variable("akeeba-record") BackupRecord record,
      @Variable("akeeba-endpoint") Endpoint endpoint) {
    int part = record.beginning().map(ArchivePart::part).orElse(1);
    Call call = call(sites.get(run.site()), endpoint, RequestBody.download(record.id(), part, 1));
    boolean small = record.beginning().filter(file -> file.size() <= READ_WHOLE).isPresent();
    return small ? call : call.inBrief();
  }

  /** {@code exportConfiguration} of the run's profile. */
  public Call tuning(@Body Run run, @Variable("akeeba-endpoint") Endpoint endpoint) {
    return call(
        sites.get(run.site()), endpoint, RequestBody.exportConfiguration(run.request().profile()));
  }

  private Call call(Site site, Endpoint endpoint, RequestBody body) {
    return calls.call(site, endpoint, body);
  }

  /** The answer, or the call again at the place that the site named. */
  public Sent answered(Exchange exchange, @Variable("akeeba-call") Call call) {
    Message message = exchange.getMessage();
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    String location = message.getHeader("Location", String.class);
    if (REDIRECTS.contains(status) && location != null) {
      URI target = redirects.follow(call.site(), call.url(), location, call.hops() + 1);
      if (status == 303 && !call.bare()) {
        throw redirects.loses(call.method(), call.url(), target);
      }
      return call.redirected(Credential.along(call.url(), target), status == 303);
    }
    String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    byte[] body = message.getBody(byte[].class);
    return new Answer(
        call.method(),
        status,
        type,
        HttpTime.date(message.getHeader("Date", String.class)),
        HttpTime.wait(message.getHeader("Retry-After", String.class), Instant.now()),
        body == null ? new byte[0] : body);
  }

  /** The answer, also one that refuses; throws {@link LostAnswerException} when it is none. */
  public Answer usable(@Body Answer answer) {
    try {
      parser.data(answer);
    } catch (LostAnswerException none) {
      throw none;
    } catch (AkeebaException refusal) {
      return answer; // whoever reads it judges it
    }
    return answer;
  }

  /** Where the next call of this run goes: a redirect need not be walked again. */
  public Endpoint endpoint(
      @Variable("akeeba-call") Call call, @Variable("akeeba-endpoint") Endpoint before) {
    return call.hops() > 0 && "POST".equals(call.verb())
        ? call.endpoint().moved(Credential.bare(call.url()), call.method())
        : before;
  }
}
