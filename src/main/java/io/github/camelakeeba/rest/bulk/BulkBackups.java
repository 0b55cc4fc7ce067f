package io.github.camelakeeba.rest.bulk;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BulkRequest;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.run.store.RequestRepository.BulkAcceptance;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** The bean {@code backup-api-bulk}: requests for the backups of many sites. */
public final class BulkBackups {
  private final Map<String, Site> sites;
  private final BackupResource api;
  private final RequestReader reader;
  private final SiteHealthStore health;
  private final RequestRepository requests;

  public BulkBackups(
      Map<String, Site> sites,
      BackupResource api,
      RequestReader reader,
      SiteHealthStore health,
      RequestRepository requests) {
    this.sites = sites;
    this.api = api;
    this.reader = reader;
    this.health = health;
    this.requests = requests;
  }

  /** A site for which no run was made, and why. */
  record SkippedSite(String site, String reason) {}

  /** A site with a run that is queued or running. */
  record BusySite(String site, String run, String reason) {}

  /** The answer; the runs are those of the sites that are in neither of the others. */
  record Answer(List<RunView> runs, List<BusySite> busy, List<SkippedSite> skipped) {}

  /** What was made of a request, and the sites that it could not be made for. */
  public record Accepted(BulkAcceptance acceptance, List<SkippedSite> skipped) {
    /** The runs, the log's lines. */
    public List<Run> runs() {
      return acceptance.runs();
    }
  }

  /** The request in the body where it is one for many sites; null: it is for one. */
  public BulkRequest read(Exchange exchange) {
    BulkRequest request =
        reader.readBulk(
            exchange.getMessage().getBody(byte[].class),
            exchange.getMessage().getHeaders(),
            api.requester(exchange));
    String wait = exchange.getMessage().getHeader("wait", String.class);
    if (request != null && wait != null && !wait.isEmpty()) {
      throw new RunRefusedException(
          Reason.BAD_REQUEST,
          "the parameter 'wait' is for one site: leave it out, and follow the runs");
    }
    return request;
  }

  /** Makes a run for each site that the request is for, of those that the caller sees. */
  public Accepted accept(Exchange exchange) {
    BulkRequest bulk = exchange.getMessage().getBody(BulkRequest.class);
    List<Site> wanted = wanted(bulk, Caller.of(exchange));
    List<BackupRequest> each =
        wanted.stream().filter(Site::enabled).map(bulk.requests()::apply).toList();
    BulkAcceptance acceptance = requests.acceptEach(each);
    List<SkippedSite> skipped = new ArrayList<>();
    wanted.stream()
        .filter(site -> !site.enabled())
        .forEach(
            site ->
                skipped.add(
                    new SkippedSite(site.name(), "the site is switched off (enabled: false)")));
    acceptance.refused().forEach((site, why) -> skipped.add(new SkippedSite(site, why)));
    return new Accepted(acceptance, skipped);
  }

  private List<Site> wanted(BulkRequest bulk, Caller caller) {
    Predicate<Site> wanted = bulk.tag() == null ? inState(bulk) : tagged(bulk);
    List<Site> found =
        sites.values().stream().filter(site -> caller.sees(site.tags())).filter(wanted).toList();
    if (found.isEmpty() && bulk.tag() != null) {
      throw new RunRefusedException(
          Reason.BAD_REQUEST,
          "no site has the tag '%s'".formatted(UntrustedText.asName(bulk.tag())));
    }
    return found;
  }

  private static Predicate<Site> tagged(BulkRequest bulk) {
    return site -> site.tags().contains(bulk.tag());
  }

  private Predicate<Site> inState(BulkRequest bulk) {
    Predicate<SiteHealth> inState =
        bulk.state().equals("failed") ? one -> one.failures() > 0 : one -> one.missedAt() != null;
    Set<String> names =
        health.watched().stream().filter(inState).map(SiteHealth::site).collect(Collectors.toSet());
    return site -> names.contains(site.name());
  }

  public RestResponse reply(Exchange exchange) {
    Accepted accepted = exchange.getMessage().getBody(Accepted.class);
    List<BusySite> busy = new ArrayList<>();
    accepted
        .acceptance()
        .busy()
        .forEach(
            (site, run) ->
                busy.add(
                    new BusySite(
                        site,
                        run.id(),
                        "a backup of %s is %s already (run %s)"
                            .formatted(site, run.state().word(), run.id()))));
    return RestResponse.json(
        202,
        new Answer(
            accepted.runs().stream().map(run -> RunView.of(run, null)).toList(),
            busy,
            accepted.skipped()));
  }
}
